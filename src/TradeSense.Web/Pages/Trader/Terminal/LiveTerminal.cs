using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Web.Live;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>The terminal's live parts. Some quote changes at every look, so the stream looks four times a second instead of being told of each.</summary>
public sealed class LiveTerminal(TerminalScreen screen)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    public LiveStream Stream(TraderAccounts.Row account, string symbol, BarPeriod period) => new(
        LiveStream.Every(Look),
        async (frame, ct) =>
        {
            var view = await screen.View(account.Id, ct);
            await frame.Add("account-bar", "_AccountBar", screen.Bar(account, view));
            await frame.Add("watch-list", "_WatchList", screen.Watch(account.Id, symbol, period));
            foreach (var price in screen.Prices(account, TerminalScreen.Instrument(symbol))) await frame.Add(price.ElementId, "_SidePrice", price);
            await frame.Add("position-table", "_PositionTable", screen.Positions(account, view, symbol));
        });
}
