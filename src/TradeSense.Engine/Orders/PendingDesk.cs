using TradeSense.Engine.Accounts;
using TradeSense.Engine.Book;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Orders;

/// <summary>Carries out what a trader asks of pending orders, or says why not. Of several legs the first reason in the documented order is given.</summary>
internal sealed class PendingDesk(OrderChecks checks, Market market)
{
    /// <summary>So many orders may wait on one account: more is a mistake, or worse.</summary>
    private const int MostOrders = 500;

    public RejectReason? Place(TradingAccount account, PlaceOrders wish, DateTimeOffset at)
    {
        if (account.Status != AccountStatus.Active) return RejectReason.AccountNotActive;
        var legs = new List<(SymbolBook Book, OrderLeg Leg)>(wish.Legs.Count);
        foreach (var leg in wish.Legs)
        {
            if (market.Book(leg.Symbol) is not { } book) return RejectReason.UnknownInstrument;
            legs.Add((book, leg));
        }

        // Limits of a scaled order can all be filled, so they are judged together; of an OCO it is one.
        var others = wish.Bond == OrderBond.Scaled ? wish.Legs.Sum(leg => leg.Lots.Value) : 0m;
        var ofLegs = legs.Select(l => Refusal(account, l.Book, l.Leg, others > 0 ? others - l.Leg.Lots.Value : 0m, at)).Min();
        RejectReason? ofNumber = !IsBond(wish) ? RejectReason.InvalidQuantity : account.Orders.All.Count + legs.Count > MostOrders ? RejectReason.RuleForbids : null;
        if (First(ofLegs, ofNumber, OfExpiry(wish.Expiry, at)) is { } refusal) return refusal;

        account.Place(legs, wish, EndOf(account, wish.Expiry, at), at);
        return null;
    }

    public RejectReason? Modify(TradingAccount account, ModifyOrder wish, DateTimeOffset at)
    {
        if (account.Status != AccountStatus.Active) return RejectReason.AccountNotActive;
        if (account.Orders.Find(wish.Order) is not { } order) return RejectReason.UnknownOrder;
        var before = order.State;
        // What has become a limit keeps its stop price, which means nothing any more.
        var leg = new OrderLeg(before.Symbol, before.Side, wish.Lots, before.Kind, wish.Price, wish.LimitPrice, wish.StopLoss, wish.TakeProfit, before.Guards);
        if (First(Refusal(account, order.Book, leg, -before.Lots.Value, at), OfExpiry(wish.Expiry, at)) is { } refusal) return refusal;

        var changed = before with
        {
            Lots = wish.Lots,
            Price = wish.Price,
            LimitPrice = wish.LimitPrice,
            StopLoss = wish.StopLoss,
            TakeProfit = wish.TakeProfit,
            Expiry = wish.Expiry,
            ExpiresAt = wish.Expiry == before.Expiry ? before.ExpiresAt : EndOf(account, wish.Expiry, at),
        };
        account.Modify(order, changed, wish.ClientId, at);
        return null;
    }

    public static RejectReason? Cancel(TradingAccount account, CancelOrder wish, DateTimeOffset at)
    {
        if (account.Status != AccountStatus.Active) return RejectReason.AccountNotActive;
        if (account.Orders.Find(wish.Order) is not { } order) return RejectReason.UnknownOrder;

        WaitingOrder[] gone = wish.WholeGroup ? [.. account.Orders.All.Where(o => o.State.Group == order.State.Group)] : [order];
        foreach (var one in gone) account.CancelByTrader(one, at, wish.ClientId);
        return null;
    }

    /// <summary>Without any order this is no refusal: none is left, as was asked.</summary>
    public RejectReason? CancelAll(TradingAccount account, CancelAllOrders wish, DateTimeOffset at)
    {
        if (account.Status != AccountStatus.Active) return RejectReason.AccountNotActive;
        if (wish.Symbol is not null && market.Book(wish.Symbol) is null) return RejectReason.UnknownInstrument;

        CancelOf(account, wish.Symbol, at, wish.ClientId);
        return null;
    }

    public static void CancelOf(TradingAccount account, string? symbol, DateTimeOffset at, string clientId)
    {
        foreach (var order in account.Orders.All.Where(o => symbol is null || o.State.Symbol == symbol).ToArray()) account.CancelByTrader(order, at, clientId);
    }

    private RejectReason? Refusal(TradingAccount account, SymbolBook book, OrderLeg leg, decimal otherLots, DateTimeOffset at)
    {
        if (!checks.IsOpen(book, at)) return RejectReason.MarketClosed;
        if (!book.Instrument.Accepts(leg.Lots)) return RejectReason.InvalidQuantity;
        if (!ArePrices(book.Instrument, leg)) return RejectReason.InvalidPrice;
        return OrderChecks.AtPlacing(account, book, leg, otherLots, at);
    }

    /// <summary>Of several reasons the first in the documented order, which is that of the enumeration.</summary>
    private static RejectReason? First(params ReadOnlySpan<RejectReason?> reasons)
    {
        RejectReason? first = null;
        foreach (var reason in reasons)
            if (reason is not null && (first is null || reason < first)) first = reason;
        return first;
    }

    private static RejectReason? OfExpiry(Expiry expiry, DateTimeOffset at) => expiry.Until <= at ? RejectReason.InvalidPrice : null;

    private static bool ArePrices(Instrument instrument, OrderLeg leg)
    {
        if (!instrument.Accepts(leg.Price) || leg.LimitPrice is null == (leg.Kind == OrderKind.StopLimit)) return false;
        if (leg.LimitPrice is { } limit && !instrument.Accepts(limit)) return false;
        return OrderChecks.AreLevels(instrument, leg.Side, leg.Entry, leg.StopLoss, leg.TakeProfit) && OrderChecks.AreGuards(instrument, leg.Guards);
    }

    private static bool IsBond(PlaceOrders wish) => wish.Bond switch
    {
        OrderBond.None => wish.Legs.Count == 1,
        OrderBond.Oco => wish.Legs.Count is >= 2 and <= PlaceOrders.MostOfOco,
        _ => wish.Legs.Count is >= 2 and <= ScaledSplit.MostLegs && wish.Legs.All(leg => leg.Kind == OrderKind.Limit),
    };

    private static DateTimeOffset? EndOf(TradingAccount account, Expiry expiry, DateTimeOffset at) => expiry.Kind switch
    {
        ExpiryKind.Day => TradingDayClock.NextStart(account.Terms.TradingDay, at),
        ExpiryKind.Until => expiry.Until,
        _ => null,
    };
}
