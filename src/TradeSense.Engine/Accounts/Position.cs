using TradeSense.Engine.Book;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Accounts;

/// <summary>An open position inside the engine. Its size and prices are also counted in its symbol's book.</summary>
internal sealed class Position(SymbolBook book, PositionState opened)
{
    public SymbolBook Book { get; } = book;
    public PositionState State { get; private set; } = opened;
    public long Steps { get; private set; } = book.Scale.StepsOf(opened.Lots);
    public long OpenInPoints { get; } = book.Scale.PointsOf(opened.OpenPrice);

    /// <summary>Zero when there is no stop loss; no price is zero.</summary>
    public long StopLossInPoints { get; private set; } = PointsOf(book, opened.StopLoss);

    /// <summary>Zero when there is no take profit.</summary>
    public long TakeProfitInPoints { get; private set; } = PointsOf(book, opened.TakeProfit);

    public PositionNumber Number => State.Number;
    public Side Side => State.Side;
    public decimal Lots => State.Lots.Value;

    public void Protect(Price? stopLoss, Price? takeProfit)
    {
        State = State with { StopLoss = stopLoss, TakeProfit = takeProfit };
        (StopLossInPoints, TakeProfitInPoints) = (PointsOf(Book, stopLoss), PointsOf(Book, takeProfit));
    }

    public void ChargeSwap(decimal amount) => State = State with { SwapPaid = State.SwapPaid + amount };

    /// <summary>Takes lots off, with their part of the commission and swap paid so far; the last lots take what is left of both.</summary>
    public (decimal Commission, decimal Swap) TakeOff(long steps, int minorDigits)
    {
        var commission = Part(State.CommissionPaid);
        var swap = Part(State.SwapPaid);
        Steps -= steps;
        State = State with { Lots = Book.Scale.LotsOf(Steps), CommissionPaid = State.CommissionPaid - commission, SwapPaid = State.SwapPaid - swap };
        return (commission, swap);

        decimal Part(decimal whole) => steps == Steps ? whole : decimal.Round(whole * steps / Steps, minorDigits, MidpointRounding.AwayFromZero);
    }

    private static long PointsOf(SymbolBook book, Price? price) => price is { } level ? book.Scale.PointsOf(level) : 0;
}
