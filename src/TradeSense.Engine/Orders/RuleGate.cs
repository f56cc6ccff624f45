using TradeSense.Engine.Accounts;
using TradeSense.Engine.Book;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Orders;

/// <summary>What an account's rules forbid to open: at weekends, beyond its sizes, its number of positions and its trades a day.</summary>
internal static class RuleGate
{
    public static bool ForbidsOpening(TradingAccount account, SymbolBook book, Side side, Lots lots, DateTimeOffset at)
    {
        if (IsWeekendForbidden(account.Terms, book, at)) return true;
        if (account.Terms.Rules is not { } rules) return false;
        if (rules.Netting && account.Portfolio.StepsAgainst(book, side) >= book.Scale.StepsOf(lots)) return false;

        return lots.Value > rules.MaximumOrderLots
            || account.Portfolio.OpenLots + lots.Value > rules.MaximumOpenLots
            || (account.Portfolio.Positions.Count >= rules.MaximumPositions && !(rules.Netting && account.Portfolio.Holds(book)))
            || account.TradesToday >= rules.MaximumTradesPerDay;
    }

    /// <summary>As many positions and lots as before, but one trade more.</summary>
    public static bool ForbidsReversal(TradingAccount account, SymbolBook book, Lots lots, DateTimeOffset at) =>
        IsWeekendForbidden(account.Terms, book, at) || account.TradesToday >= account.Terms.Rules?.MaximumTradesPerDay || lots.Value > account.Terms.Rules?.MaximumOrderLots;

    /// <summary>Waiting orders count with the open lots, so that no crowd of limits can outgrow the limit; positions and trades are counted at the fill.</summary>
    public static bool ForbidsPlacing(TradingAccount account, SymbolBook book, OrderLeg leg, decimal otherLots, DateTimeOffset at)
    {
        if (IsWeekendForbidden(account.Terms, book, at)) return true;
        if (account.Terms.Rules is not { } rules) return false;

        return leg.Lots.Value > rules.MaximumOrderLots
            || account.Portfolio.OpenLots + account.Orders.Lots + otherLots + leg.Lots.Value > rules.MaximumOpenLots;
    }

    private static bool IsWeekendForbidden(AccountTerms terms, SymbolBook book, DateTimeOffset at) =>
        !terms.WeekendHolding && MarketHours.IsWeekend(at) && !(book.Instrument.Session == Session.Always && terms.Rules is { CoinsAtWeekends: true });
}
