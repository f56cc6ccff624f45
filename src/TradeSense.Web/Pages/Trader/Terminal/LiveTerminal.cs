using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.History;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Modules.Trading.Terminal;
using TradeSense.Web.Live;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>
/// The terminal's one stream. What moves all the time goes as small named events (<c>quotes</c>, <c>marks</c>) that the script writes into the cells;
/// what changes the page's shape goes as the page's own partials; what happened goes as <c>deal</c> with the journal's number as its id, so a line that
/// broke is taken up where it ended.
/// </summary>
public sealed class LiveTerminal(TerminalScreen screen, LatestQuotes quotes, FloorPrice floors, DealWords words, TenantFormat format, TenantScope scope, Alerts.LiveAlerts alerts)
{
    /// <summary>Ten looks a second at the quotes; the account is looked at every third time.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private const int AccountEvery = 3, MostDeals = 50;

    /// <param name="since">The journal's number up to which the browser knows.</param>
    public LiveStream Stream(Tenant tenant, TraderAccounts.Row account, BarPeriod period, (Guid Id, long Made) reader, long since)
    {
        var (ticks, shape, told, looks) = (new QuoteTicks(quotes), new TerminalShape(), since, 0);
        var tellAlerts = alerts.For(tenant, reader.Id, DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(reader.Made, 0, 253_402_300_799_999)));
        return new LiveStream(LiveStream.Every(Look), async (frame, ct) =>
        {
            if (ticks.News() is { } news) frame.Tell("quotes", news);
            await tellAlerts(frame, ct);
            if (looks++ % AccountEvery != 0) return;

            var view = await screen.View(account.Id, ct);
            var (positions, orders) = (screen.Positions(account, view, TerminalScreen.InDock), TerminalScreen.Orders(account, view));
            await frame.Add("account-bar", "_AccountBar", screen.Bar(account, view));
            frame.Tell("marks", LiveMarks.Of(positions, orders, format));
            if (shape.Watch(screen.Watch(account.Id, "", period)) is { } watch) await frame.Add("watch-list", "_WatchList", watch);
            if (!shape.HasChanged(view)) return;

            await frame.Add("position-table", "_PositionTable", positions);
            await frame.Add("order-table", "_OrderTable", orders);
            frame.Tell("floor", LiveMarks.Of(view is null ? null : floors.Of(view, Engine.Instruments.InstrumentCatalog.All)));
            told = await TellDeals(frame, tenant, account, told, ct);
        })
        { Interval = Look };
    }

    private async Task<long> TellDeals(LiveFrame frame, Tenant tenant, TraderAccounts.Row account, long told, CancellationToken ct)
    {
        var rows = await scope.Run(tenant, services => services.GetRequiredService<JournalTail>().After(account.Id, told, MostDeals, ct), ct);
        foreach (var row in rows)
        {
            if (words.Of(row.Event, account.Currency) is { } deal) frame.Tell("deal", LiveMarks.Of(deal), PlainNumber.Text(row.Sequence));
            told = row.Sequence;
        }

        return told;
    }
}
