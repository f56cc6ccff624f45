using TradeSense.Engine.Accounts;
using TradeSense.Engine.Book;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Orders;

/// <summary>
/// The guard that a model may ask for: no stop loss stands where, hit at its price with commissions paid and nothing else moved, it would take the
/// equity below a floor. It holds for orders, for what netting adds to a position, and for a stop that is moved or taken away afterwards.
/// </summary>
internal static class FloorGuard
{
    public static bool ForbidsOpening(TradingAccount account, SymbolBook book, Side side, Netted order, long entryInPoints, Price? stopLoss) =>
        IsOn(account) && stopLoss is { } stop && !order.OnlyCloses && Crosses(account, CostOf(account, book, side, order, entryInPoints, stop));

    /// <summary>Under netting the position has one stop for all of its lots: that of the order, or the one it has.</summary>
    public static bool ForbidsIncrease(TradingAccount account, Position held, Netted order, Price? stopLoss, Price? takeProfit)
    {
        if (!IsOn(account)) return false;
        if (TradingAccount.StopAfter(held, stopLoss, takeProfit) is not { } stop) return held.StopLoss is not null;

        var entry = account.Portfolio.OpeningInPoints(held.Book, held.Side);
        return Crosses(account, CostOf(account, held.Book, held.Side, order, entry, stop) + LossAt(account, held, stop));
    }

    /// <summary>A stop that comes nearer is always welcome. One that is taken away holds no loss any more, so it may not go.</summary>
    public static bool ForbidsMoving(TradingAccount account, Position held, Price? stopLoss)
    {
        if (!IsOn(account) || stopLoss == held.StopLoss) return false;
        if (stopLoss is not { } stop) return true;

        var isNearer = held.StopLoss is { } before && (held.Side == Side.Buy ? stop > before : stop < before);
        return !isNearer && Crosses(account, LossAt(account, held, stop));
    }

    private static bool IsOn(TradingAccount account) => account.Terms.Rules is { GuardsStopLoss: true };

    private static bool Crosses(TradingAccount account, decimal loss) => account.Limits.Crossed(account.Loss, account.Equity - loss, withDaily: true) is not null;

    /// <summary>What the order takes from the equity once its stop was hit: the way from entry to stop, both commissions, and that of what it closes.</summary>
    private static decimal CostOf(TradingAccount account, SymbolBook book, Side side, Netted order, long entryInPoints, Price stop) =>
        Way(account, book, side, order.Opened, entryInPoints, stop) + 2 * account.CommissionOf(book, book.Scale.LotsOf(order.Opened))
        + account.CommissionOf(book, book.Scale.LotsOf(order.Closed));

    /// <summary>What a position's stop takes from the equity as it stands now.</summary>
    private static decimal LossAt(TradingAccount account, Position held, Price stop) =>
        Way(account, held.Book, held.Side, held.Steps, account.Portfolio.ClosingInPoints(held.Book, held.Side), stop) + account.CommissionOf(held.Book, new Lots(held.Lots));

    private static decimal Way(TradingAccount account, SymbolBook book, Side side, long steps, long fromInPoints, Price stop)
    {
        var distance = side == Side.Buy ? fromInPoints - book.Scale.PointsOf(stop) : book.Scale.PointsOf(stop) - fromInPoints;
        return account.Portfolio.Convert(book, checked(distance * steps) * book.Scale.MoneyPerPointAndStep);
    }
}
