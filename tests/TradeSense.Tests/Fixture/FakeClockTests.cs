namespace TradeSense.Tests.Fixture;

public sealed class FakeClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_delay_ends_when_its_time_has_come_and_not_before()
    {
        var clock = new FakeClock(Start);
        var delay = Task.Delay(TimeSpan.FromMinutes(10), clock, TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.False(delay.IsCompleted);

        clock.Advance(TimeSpan.FromMinutes(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Timers_fire_in_order_each_at_its_own_instant()
    {
        var clock = new FakeClock(Start);
        var seen = new List<string>();
        using var late = clock.CreateTimer(_ => seen.Add($"late {clock.GetUtcNow():HH:mm}"), null, TimeSpan.FromMinutes(3), Timeout.InfiniteTimeSpan);
        using var often = clock.CreateTimer(_ => seen.Add($"often {clock.GetUtcNow():HH:mm}"), null, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2));

        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(["often 08:02", "late 08:03", "often 08:04"], seen);
    }

    [Fact]
    public void A_leap_over_very_many_periods_fires_at_the_first_and_the_last()
    {
        var clock = new FakeClock(Start);
        var seen = new List<DateTimeOffset>();
        using var beat = clock.CreateTimer(_ => seen.Add(clock.GetUtcNow()), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        clock.Advance(TimeSpan.FromDays(30) + TimeSpan.FromMilliseconds(500));
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([Start.AddSeconds(1), Start.AddDays(30), Start.AddDays(30).AddSeconds(1)], seen);
    }

    [Fact]
    public void Time_never_runs_backwards() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FakeClock(Start).MoveTo(Start.AddSeconds(-1)));
}
