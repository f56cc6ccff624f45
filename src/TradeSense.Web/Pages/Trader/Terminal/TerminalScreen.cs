using TradeSense.Engine.Accounts;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges.Rules;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Web.Kept;
using TradeSense.Web.Live;
using TradeSense.Web.Pages.Shared;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>Puts the terminal's parts together from the engine's picture and the last quotes; the database is only asked whose account it is.</summary>
public sealed class TerminalScreen(TradingDesk desk, LatestQuotes quotes, CurrentTenant tenant, TimeProvider clock)
{
    /// <summary>Marks the table of the terminal's dock, whose rows are acted on in place.</summary>
    public const string InDock = "dock";

    private static readonly Session[] Sessions = [.. InstrumentCatalog.All.Select(instrument => instrument.Session).Distinct()];

    public Task<AccountView?> View(Guid account, CancellationToken ct) => desk.View(new AccountId(account), ct);

    /// <summary>The account as the desk publishes it, for a stream.</summary>
    public WatchedAccount Watched(Guid account) => new(desk, account);

    /// <summary>A bit for each kind of session, set while it is open.</summary>
    public int OpenMarkets() => OpenMarkets(clock.GetUtcNow());

    public static int OpenMarkets(DateTimeOffset at)
    {
        var open = 0;
        foreach (var session in Sessions) open |= MarketHours.IsOpen(session, at) ? 1 << (int)session : 0;
        return open;
    }

    public AccountBar Bar(TraderAccounts.Row account, AccountView? view)
    {
        Money Of(decimal exact) => Money.Rounded(exact, account.Currency, MidpointRounding.AwayFromZero);
        return new AccountBar(
            account.Id, account.Number, account.PhaseName, StatusOf(account, view), Of(view?.State.Balance ?? account.Balance), Of(view?.Equity ?? account.Balance),
            Of(view?.Floating ?? 0m), Of(view?.FreeMargin ?? account.Balance), view is null ? null : Rooms.Today(view, tenant.Value.CultureInfo, $"room-today-{account.Id}", thin: true), view?.AsOf ?? clock.GetUtcNow());
    }

    /// <summary>At the prices this account deals at, as its ticket shows them.</summary>
    public WatchList Watch(TraderAccounts.Row account, string selected, BarPeriod period)
    {
        var now = clock.GetUtcNow();
        return new WatchList(account.Id, period,
        [
            .. InstrumentCatalog.All.OrderByDescending(instrument => MarketHours.IsOpen(instrument.Session, now)).Select(instrument => quotes.TryGet(instrument.Symbol, out var latest)
                ? new WatchRow(instrument, Dealt(account, instrument, latest.Quote), new Percent(latest.DayChangePercent), MarketHours.IsOpen(instrument.Session, now), instrument.Symbol == selected)
                : new WatchRow(instrument, null, new Percent(0m), MarketHours.IsOpen(instrument.Session, now), instrument.Symbol == selected)),
        ]);
    }

    private static Quote Dealt(TraderAccounts.Row account, Instrument instrument, Quote quote)
    {
        var half = HalfMarkup(account, instrument);
        return quote with { Bid = new Price(quote.Bid.Value - half), Ask = new Price(quote.Ask.Value + half) };
    }

    public PositionTable Positions(TraderAccounts.Row account, AccountView? view, string symbol)
    {
        var rows = (view?.Positions ?? []).Select(position => new PositionRow(
            position.State.Number.Value, Instrument(position.State.Symbol), position.State.Side, position.State.Lots, position.State.OpenPrice, position.Mark,
            position.State.StopLoss, position.State.TakeProfit, Money.Rounded(position.Profit, account.Currency, MidpointRounding.AwayFromZero), position.State.OpenedAt,
            position.State.Guards is { IsNone: false } guards ? guards : null));
        return new PositionTable(account.Id, symbol, Money.Rounded(view?.Floating ?? 0m, account.Currency, MidpointRounding.AwayFromZero), new ValueList<PositionRow>([.. rows]), StatusOf(account, view) is TradingAccountStatus.Active);
    }

    public static OrderTable Orders(TraderAccounts.Row account, AccountView? view) => new(account.Id, [.. (view?.Orders ?? []).Select(order => new OrderRow(
        order.State.Number.Value, order.State.Bond is OrderBond.None ? null : order.State.Group.Value, Instrument(order.State.Symbol), order.State.Kind, WordsOf(order.State), order.State.Side, order.State.Lots,
        order.State.Price, order.State.LimitPrice, order.Mark, order.State.StopLoss, order.State.TakeProfit, order.State.ExpiresAt))]);

    private static string WordsOf(OrderState order)
    {
        var kind = order.Kind switch { OrderKind.Limit => "Limit", OrderKind.Stop => "Stop", _ => order.IsTriggered ? "Stop limit, triggered" : "Stop limit" };
        return order.Bond switch { OrderBond.Oco => $"OCO {kind.ToLowerInvariant()}", OrderBond.Scaled => "Scaled limit", _ => kind };
    }

    /// <summary>Bid and ask as this account deals: with its mark-up, half on each side.</summary>
    public IReadOnlyList<SidePrice> Prices(TraderAccounts.Row account, Instrument instrument)
    {
        var half = HalfMarkup(account, instrument);
        var quote = quotes.TryGet(instrument.Symbol, out var latest) ? latest.Quote : (Quote?)null;
        return
        [
            new SidePrice("price-sell", quote is { } bid ? new Price(bid.Bid.Value - half) : null, instrument),
            new SidePrice("price-buy", quote is { } ask ? new Price(ask.Ask.Value + half) : null, instrument),
        ];
    }

    /// <summary>What the account's mark-up takes off the bid and adds to the ask.</summary>
    public static decimal HalfMarkup(TraderAccounts.Row account, Instrument instrument) => account.Terms.MarkupOf(instrument) / 2m / Power(instrument.Digits);

    /// <summary>Null while the market is open.</summary>
    public DateTimeOffset? OpensAt(Instrument instrument) =>
        clock.GetUtcNow() is var now && MarketHours.IsOpen(instrument.Session, now) ? null : MarketHours.NextOpen(instrument.Session, now);

    /// <summary>What a trader most likely wants to see: the symbol of the newest position, else a market that is open.</summary>
    public Instrument Usual(AccountView? view) =>
        view?.Positions is { Count: > 0 } held ? Instrument(held[^1].State.Symbol)
        : InstrumentCatalog.All.FirstOrDefault(instrument => OpensAt(instrument) is null) ?? InstrumentCatalog.All[0];

    private static decimal Power(int digits)
    {
        var power = 1m;
        for (var i = 0; i < digits; i++) power *= 10m;
        return power;
    }

    public static Instrument Instrument(string symbol) => InstrumentCatalog.All.FirstOrDefault(instrument => instrument.Symbol == symbol) ?? InstrumentCatalog.All[0];

    public static TradingAccountStatus StatusOf(TraderAccounts.Row account, AccountView? view) => view is null ? account.Status : Enum.Parse<TradingAccountStatus>(view.State.Status.ToString());
}
