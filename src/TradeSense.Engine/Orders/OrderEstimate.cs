using TradeSense.Engine.Accounts;
using TradeSense.Engine.Book;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Orders;

/// <summary>An order somebody thinks about. Sized by lots, or by the money its stop loss may cost.</summary>
/// <param name="Risk">In account currency; used when <paramref name="Lots"/> is null, and needs a stop loss.</param>
/// <param name="EntryPrice">Of an order that waits for a price; null for one at the market.</param>
public sealed record OrderSketch(string Symbol, Side Side, Lots? Lots, decimal? Risk, Price? StopLoss, Price? EntryPrice = null);

/// <summary>What an order would mean if it were sent now, in account currency. Nothing is promised: the price may move before it is sent.</summary>
/// <param name="Lots">As sketched, or the most whole lot steps whose loss at the stop stays within the risk; zero when not even one does.</param>
/// <param name="WorstCase">Loss at the stop loss with both commissions, positive; null without a stop loss on the losing side.</param>
/// <param name="RoomAfterStop">What would be left of the room to the higher floor if the stop loss were hit now; null without a stop loss or without a floor.</param>
/// <param name="WouldBreach">The stop loss, if it were hit now, would cross a floor.</param>
public sealed record OrderEstimate(
    Price Opening, Lots Lots, decimal Margin, decimal Commission, decimal? WorstCase, decimal FreeMargin, decimal? RoomAfterStop = null, bool WouldBreach = false);

/// <summary>Works out estimates with the arithmetic that fills and marks positions.</summary>
internal static class OrderEstimator
{
    /// <summary>Null when the symbol cannot be valued now.</summary>
    /// <remarks>Worked number: buy 1 lot EURUSD at 1.10000 with a stop at 1.09800 in a USD account loses 200 points × 1 USD = 200, plus 2 × 3 commission: 206.</remarks>
    public static OrderEstimate? Of(TradingAccount account, SymbolBook book, OrderSketch sketch)
    {
        var portfolio = account.Portfolio;
        if (!portfolio.CanValue(book)) return null;

        var opening = sketch.EntryPrice is { } entry && book.Instrument.Accepts(entry) ? book.Scale.PointsOf(entry) : portfolio.OpeningInPoints(book, sketch.Side);
        var lossPerStep = sketch.StopLoss is { } stop ? LossPerStep(portfolio, book, sketch.Side, opening, stop) : null;
        var lots = sketch.Lots ?? Within(sketch.Risk ?? 0m, lossPerStep, account, book);
        var (commission, order) = (account.CommissionOf(book, lots), Netted.Of(account, book, sketch.Side, lots));
        // What netting only closes has no stop of its own and binds no margin.
        var closing = order.Closed == 0 ? commission : account.CommissionOf(book, book.Scale.LotsOf(order.Opened));
        var worst = lossPerStep is { } loss && order.Opened > 0 ? loss * order.Opened + commission + closing : (decimal?)null;
        var after = worst is { } lost ? account.Equity - lost : (decimal?)null;
        return new OrderEstimate(
            book.Scale.PriceOf(opening), lots, portfolio.MarginOf(book, order.Opened, opening), commission, worst, account.Equity - portfolio.UsedMargin,
            after is { } left ? account.Limits.Room(left) : null, after is { } equity && account.Limits.Crossed(account.Loss, equity, withDaily: true) is not null);
    }

    /// <summary>Null when the stop is on the winning side: then it is no limit of loss.</summary>
    private static decimal? LossPerStep(Portfolio portfolio, SymbolBook book, Side side, long opening, Price stop)
    {
        var distance = (side == Side.Buy ? opening - book.Scale.PointsOf(stop) : book.Scale.PointsOf(stop) - opening);
        return distance > 0 ? portfolio.Convert(book, distance * book.Scale.MoneyPerPointAndStep) : null;
    }

    private static Lots Within(decimal risk, decimal? lossPerStep, TradingAccount account, SymbolBook book)
    {
        if (risk <= 0 || lossPerStep is not { } loss) return default;

        var step = book.Instrument.LotStep;
        var costPerStep = loss + 2 * account.CommissionOf(book, new Lots(1m)) * step.Value;
        var lots = Math.Min(decimal.Floor(risk / costPerStep) * step.Value, book.Instrument.MaximumLots.Value);
        return new Lots(lots < book.Instrument.MinimumLots.Value ? 0m : lots);
    }
}
