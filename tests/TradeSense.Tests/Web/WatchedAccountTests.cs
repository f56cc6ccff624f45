using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;
using TradeSense.Web.Live;

namespace TradeSense.Tests.Web;

public sealed class WatchedAccountTests(Site site)
{
    [Fact]
    public async Task A_stream_is_told_of_a_new_position_and_of_nothing_more_once_it_ended()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        var (watched, told) = (new WatchedAccount(desk.Live, account.Value), 0);

        using (watched.Follow(() => Interlocked.Increment(ref told)))
        {
            await Until(() => watched.Newest is not null);
            await desk.Buy(account, "seen");
            await Until(() => watched.Newest!.Positions.Count == 1);
        }

        var before = told;
        await desk.Buy(account, "unseen");
        await desk.Tick();
        Assert.True(before >= 2);
        Assert.Single(watched.Newest!.Positions);
    }

    private static async Task Until(Func<bool> isSo)
    {
        for (var tries = 0; !isSo(); tries++)
        {
            Assert.True(tries < 500, "Waited ten seconds.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
