using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Web.Live;

namespace TradeSense.Web.Pages.Trader.Accounts;

/// <summary>The account page's stream: objectives and open positions, looked at twice a second and sent when they changed.</summary>
public sealed class LiveAccount(AccountScreen screen, TradingDesk desk)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public LiveStream Stream(AccountPicture.Picture picture) => new(
        LiveStream.Every(Look),
        async (frame, ct) =>
        {
            if (await desk.View(new AccountId(picture.Account.Id), ct) is not { } view) return;

            var now = picture with { View = view, ReadAt = view.AsOf };
            await frame.Add("objectives", "_Objectives", screen.ObjectivesNow(now)!);
            await frame.Add("position-table", "/Pages/Trader/Terminal/_PositionTable.cshtml", screen.Positions(now));
        });
}
