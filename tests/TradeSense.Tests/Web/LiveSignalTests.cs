using TradeSense.Web.Live;

namespace TradeSense.Tests.Web;

public sealed class LiveSignalTests
{
    [Fact]
    public async Task Any_number_of_calls_before_a_wait_are_one_and_none_is_lost()
    {
        using var end = new CancellationTokenSource();
        var signal = new LiveSignal(end.Token);

        for (var i = 0; i < 3; i++) signal.Change();
        await signal.Next();
        var next = signal.Next().AsTask();

        Assert.True(signal.TakeChange());
        Assert.False(signal.TakeChange());
        Assert.False(next.IsCompleted);
        signal.Wake();
        await next.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Who_waits_is_told_of_the_end()
    {
        using var end = new CancellationTokenSource();
        var signal = new LiveSignal(end.Token);
        var next = signal.Next().AsTask();

        await end.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => next.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await signal.Next());
    }

    [Fact]
    public async Task Many_who_wake_at_once_wake_each_wait_that_follows()
    {
        using var end = new CancellationTokenSource();
        var signal = new LiveSignal(end.Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var wakers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested) signal.Wake();
        }, CancellationToken.None)).ToList();

        for (var i = 0; i < 5_000; i++) await signal.Next();

        await stop.CancelAsync();
        await Task.WhenAll(wakers);
    }
}
