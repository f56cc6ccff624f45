using TradeSense.Engine.Accounts;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Modules.Trading.Terminal;
using TradeSense.Web.Live;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>
/// The terminal's one stream. What moves all the time goes as small named events (<c>quotes</c>, <c>marks</c>) that the script writes into the cells, quotes in frames made
/// once for all; what changes the page's shape goes as the page's own partials; what happened goes as <c>deal</c> with the journal's number as its id, so a line that
/// broke is taken up where it ended.
/// </summary>
public sealed class LiveTerminal(TerminalScreen screen, QuoteFrames quotes, FloorPrice floors, LiveDeals deals, TenantFormat format, Alerts.LiveAlerts alerts)
{
    /// <summary>Ten looks a second at the quotes; at the account when the desk has published another picture of it, at most every third time.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private const int AccountEvery = 3;

    /// <summary>The price that breaks a floor moves with spreads and conversions too, but slowly: so many looks are fifteen seconds.</summary>
    private const int FloorEvery = 150;

    /// <param name="since">The journal's number up to which the browser knows.</param>
    public LiveStream Stream(Tenant tenant, TraderAccounts.Row account, BarPeriod period, (Guid Id, long Made) reader, long since)
    {
        var made = DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(reader.Made, 0, 253_402_300_799_999));
        var (watched, shape, told, looks, marked, frames, shown) = (screen.Watched(account.Id), new TerminalShape(TerminalScreen.OpenMarkets(made)), since, 0, 0, 0L, default(AccountView));
        var tellAlerts = alerts.For(tenant, reader.Id, made);
        void MarkFloor(LiveFrame frame, AccountView view)
        {
            marked = looks;
            if (shape.Floor(LiveMarks.Of(floors.Of(view, Engine.Instruments.InstrumentCatalog.All))) is { } floor) frame.Tell("floor", floor);
        }

        return new LiveStream(changed => new Both(LiveStream.Every(Look)(changed), watched.Follow(() => { })), async (frame, ct) =>
        {
            frame.Share(quotes.News(ref frames));
            await tellAlerts(frame, ct);
            if (looks++ % AccountEvery != 0) return;
            if (shape.HasOpened(screen.OpenMarkets())) await frame.Add("watch-list", "_WatchList", screen.Watch(account, "", period));
            if (watched.Newest is not { } view || TerminalShape.LooksAs(view, shown)) return;

            shown = view;
            var (positions, orders) = (screen.Positions(account, view, TerminalScreen.InDock), TerminalScreen.Orders(account, view));
            await frame.Add("account-bar", "_AccountBar", screen.Bar(account, view).ToTheSecond(), sharedBy: account.Id);
            if (shape.Marks(LiveMarks.Of(positions, orders, format)) is { } marks) frame.Tell("marks", marks);
            if (!shape.HasChanged(view))
            {
                if (looks - marked >= FloorEvery && view.Positions.Count > 0) MarkFloor(frame, view);
                return;
            }

            await frame.Add("position-table", "_PositionTable", positions);
            await frame.Add("order-table", "_OrderTable", orders);
            MarkFloor(frame, view);
            told = await deals.Tell(frame, tenant, account, told, ct);
        })
        { Interval = Look };
    }

    private sealed class Both(IDisposable first, IDisposable second) : IDisposable
    {
        public void Dispose()
        {
            first.Dispose();
            second.Dispose();
        }
    }
}
