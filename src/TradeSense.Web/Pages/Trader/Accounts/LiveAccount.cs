using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Web.Live;

namespace TradeSense.Web.Pages.Trader.Accounts;

/// <summary>The account page's stream: objectives and open positions, from the pictures the desk publishes.</summary>
public sealed class LiveAccount(AccountNow account, TradingDesk desk)
{
    public LiveStream Stream(AccountPicture.Picture picture)
    {
        var watched = new WatchedAccount(desk, picture.Account.Id);
        return new LiveStream(watched.Follow, async (frame, _) =>
        {
            if (watched.Newest is not { } view) return;

            var now = picture with { View = view, ReadAt = view.AsOf };
            await frame.Add("objectives", "_Objectives", account.Objectives(now)!, sharedBy: picture.Account.Id);
            await frame.Add("position-table", "/Pages/Trader/Terminal/_PositionTable.cshtml", account.Positions(now), sharedBy: picture.Account.Id);
        });
    }
}
