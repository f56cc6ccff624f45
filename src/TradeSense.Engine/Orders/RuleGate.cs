using TradeSense.Engine.Accounts;
using TradeSense.Engine.Book;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Orders;

/// <summary>What an account's rules forbid to open: at weekends, beyond its sizes, its number of positions and its trades a day.</summary>
internal static class RuleGate
{
    /// <summary>Asked only of what opens something. Lots that netting closes are not open any more; an order's own size is all of it.</summary>
    public static bool ForbidsOpening(TradingAccount account, SymbolBook book, Netted order, DateTimeOffset at)
    {
        if (IsWeekendForbidden(account.Terms, book, at)) return true;
        if (account.Terms.Rules is not { } rules) return false;

        var (closed, opened) = (book.Scale.LotsOf(order.Closed).Value, book.Scale.LotsOf(order.Opened).Value);
        return closed + opened > rules.MaximumOrderLots
            || account.Portfolio.OpenLots - closed + opened > rules.MaximumOpenLots
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
            || OpenAtWorst(account, book, leg.Side, otherLots + leg.Lots.Value) > rules.MaximumOpenLots;
    }

    /// <summary>
    /// The most lots that could be open if everything waiting were filled. Hedged trades add up; under netting the two sides of a symbol can only
    /// follow each other, so it is the longer way of the two that counts.
    /// </summary>
    private static decimal OpenAtWorst(TradingAccount account, SymbolBook book, Side side, decimal added)
    {
        if (!account.Terms.IsNetting) return account.Portfolio.OpenLots + account.Orders.Lots + added;

        var worst = 0m;
        foreach (var one in account.Portfolio.Positions.Select(p => p.Book).Concat(account.Orders.All.Select(o => o.Book)).Append(book).Distinct())
        {
            var net = account.Portfolio.Positions.Where(p => p.Book == one).Sum(p => p.Side == Side.Buy ? p.Lots : -p.Lots);
            var (buys, sells) = (account.Orders.LotsOf(one, Side.Buy), account.Orders.LotsOf(one, Side.Sell));
            if (one == book && side == Side.Buy) buys += added;
            else if (one == book) sells += added;
            worst += Math.Max(Math.Abs(net), Math.Max(net + buys, sells - net));
        }

        return worst;
    }

    private static bool IsWeekendForbidden(AccountTerms terms, SymbolBook book, DateTimeOffset at) =>
        !terms.WeekendHolding && MarketHours.IsWeekend(at) && !(book.Instrument.Session == Session.Always && terms.Rules is { CoinsAtWeekends: true });
}
