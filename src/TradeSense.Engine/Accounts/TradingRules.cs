using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Accounts;

/// <summary>What an account's model and group ask beyond the usual. An account without any of it has no such record, so that terms frozen before stay the same text.</summary>
public sealed record TradingRules
{
    /// <summary>One position a symbol: an order on the other side closes first. Otherwise each trade is a position of its own (hedging).</summary>
    public bool Netting { get; init; }

    /// <summary>What a swap-free account pays instead, per lot and night in its own currency; three times on Wednesday as swap is.</summary>
    public decimal? OvernightFee { get; init; }

    public ClassLeverage? LeverageOf { get; init; }

    public ClassMarkup? MarkupOf { get; init; }

    /// <summary>Most lots of one order, and of all positions and pending orders of an account together.</summary>
    public decimal? MaximumOrderLots { get; init; }
    public decimal? MaximumOpenLots { get; init; }
    public int? MaximumPositions { get; init; }

    /// <summary>Trades opened in one trading day of the account.</summary>
    public int? MaximumTradesPerDay { get; init; }

    public NewsRule? News { get; init; }

    /// <summary>Instruments that trade at weekends are exempt where positions are not held over the weekend: they have no week's end.</summary>
    public bool CoinsAtWeekends { get; init; }

    /// <summary>Positions are closed at the end of each trading day at the last quotes.</summary>
    public bool ClosesOvernight { get; init; }

    /// <summary>Orders are refused whose stop loss, if it were hit now, would take the equity below a floor.</summary>
    public bool GuardsStopLoss { get; init; }

    /// <summary>A trading day counts when what counts of its realised profit is at least this share of the initial balance; null: when a trade was opened in it.</summary>
    public Percent? ProfitableDay { get; init; }
}

/// <summary>Leverage by class of instrument, where it differs from the account's.</summary>
public sealed record ClassLeverage(int? Currencies = null, int? Metals = null, int? Indices = null, int? Coins = null)
{
    public int? For(Session session) => session.Of(Currencies, Metals, Indices, Coins);
}

/// <summary>Points added to the spread by class of instrument, where they differ from the account's: a point of gold is not one of a currency pair.</summary>
public sealed record ClassMarkup(int? Currencies = null, int? Metals = null, int? Indices = null, int? Coins = null)
{
    public int? For(Session session) => session.Of(Currencies, Metals, Indices, Coins);
}

internal static class Classes
{
    /// <summary>The sessions are the classes: what trades together is of one kind.</summary>
    public static int? Of(this Session session, int? currencies, int? metals, int? indices, int? coins) => session switch
    {
        Session.Currencies => currencies,
        Session.Metals => metals,
        Session.Indices => indices,
        Session.Always => coins,
        _ => throw new ArgumentOutOfRangeException(nameof(session)),
    };
}

public enum NewsEffect { Block, Reduce }

/// <summary>What holds around a listed event of a currency that an instrument has in it.</summary>
/// <param name="Effect">
/// Block: no order opens or fills. Reduce: of a trade opened or closed in the window only a share of the profit counts towards passing (target, best day, profitable days alike), and all of a loss.
/// </param>
/// <param name="Counted">That share; used with <see cref="NewsEffect.Reduce"/>.</param>
public sealed record NewsRule(int MinutesBefore, int MinutesAfter, NewsEffect Effect, Percent Counted)
{
    public bool Covers(NewsEvent listed, Instrument instrument, DateTimeOffset at) =>
        listed.Concerns(instrument) && at >= listed.At.AddMinutes(-MinutesBefore) && at <= listed.At.AddMinutes(MinutesAfter);
}
