using System.Text;
using TradeSense.Engine.Book;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Accounts;

/// <summary>An open position inside the engine, in whole numbers: a million of them must fit. Its size and cost are also counted in its symbol's book.</summary>
internal sealed class Position
{
    /// <summary>Amounts are kept in ten-thousandths, which is exact for every currency's minor unit.</summary>
    private const decimal Fine = 10_000m;

    /// <summary>UTF-8: half of what the text takes, and it is read when a row or a picture is made, not when a quote comes.</summary>
    private readonly byte[] _orderId;
    private readonly long _openedAtTicks;
    private readonly bool _buys;
    private long _commissionPaid;
    private long _swapPaid;
    private long _marginHigh;
    private long _worstInPoints;
    private long _bestInPoints;
    private long _markedTo;
    private bool _hasMoved;

    public Position(SymbolBook book, PositionState opened)
    {
        (Book, Number, _buys, _orderId, _openedAtTicks) = (book, opened.Number, opened.Side == Side.Buy, Encoding.UTF8.GetBytes(opened.OrderId), opened.OpenedAt.UtcTicks);
        Steps = book.Scale.StepsOf(opened.Lots);
        CostInPointSteps = book.Scale.CostOf(opened.OpenPrice, Steps);
        (StopLossInPoints, TakeProfitInPoints) = (PointsOf(opened.StopLoss), PointsOf(opened.TakeProfit));
        (_commissionPaid, _swapPaid, _marginHigh) = (Units(opened.CommissionPaid), Units(opened.SwapPaid), Units(opened.MarginHigh));
        (_worstInPoints, _bestInPoints) = (PointsOf(opened.Worst), PointsOf(opened.Best));
        _markedTo = book.Extremes.Count;
        Guard = Guard.Of(book, opened.Guards);
    }

    public SymbolBook Book { get; }
    public PositionNumber Number { get; }
    public Side Side => _buys ? Side.Buy : Side.Sell;

    /// <summary>Whether it is stored, and as it is now. Worst, best and margin alone make no row stale: every quote would.</summary>
    public StoredRow Row { get; private set; }

    public long Steps { get; private set; }

    /// <summary>Opening price × steps, summed over the fills.</summary>
    public long CostInPointSteps { get; private set; }

    /// <summary>Zero when there is no stop loss; no price is zero.</summary>
    public long StopLossInPoints { get; private set; }

    /// <summary>Zero when there is no take profit.</summary>
    public long TakeProfitInPoints { get; private set; }

    /// <summary>Trailing stop, breakeven and time stop; null for most positions.</summary>
    public Guard? Guard { get; private set; }

    public decimal Lots => Book.Scale.LotsOf(Steps).Value;
    public Price OpenPrice => Book.Scale.MeanOf(CostInPointSteps, Steps);
    public DateTimeOffset OpenedAt => new(_openedAtTicks, TimeSpan.Zero);
    public Price? StopLoss => PriceOf(StopLossInPoints);
    public Price? Worst => PriceOf(_worstInPoints);
    public Price? Best => PriceOf(_bestInPoints);
    public decimal CommissionPaid => _commissionPaid / Fine;
    public decimal MarginHigh => _marginHigh / Fine;

    /// <summary>What some of the steps cost; all of them cost what is left, whatever was rounded before.</summary>
    public long CostOf(long steps) => steps == Steps ? CostInPointSteps : (long)((Int128)CostInPointSteps * steps / Steps);

    /// <summary>Open profit of some steps at a closing price, in points × steps.</summary>
    public long ProfitInPointSteps(long steps, long closingInPoints)
    {
        var moved = checked(closingInPoints * steps) - CostOf(steps);
        return Side == Side.Buy ? moved : -moved;
    }

    /// <summary>Its row is written as it is now.</summary>
    public void NoteStored() => (Row, _hasMoved) = (StoredRow.Current, false);

    public void Protect(Price? stopLoss, Price? takeProfit)
    {
        Changed();
        (StopLossInPoints, TakeProfitInPoints) = (PointsOf(stopLoss), PointsOf(takeProfit));
    }

    public void Watch(PositionGuards? guards)
    {
        if (Guard is null && guards is null) return;
        Changed();
        Guard = Guard.Of(Book, guards);
    }

    /// <summary>Moves the stop where the trailing stop or the breakeven wants it, never back. Says what moved it, if anything.</summary>
    public StopMove Follow(long closingInPoints)
    {
        if (Guard is not { } guard) return StopMove.None;

        var moved = StopMove.None;
        if (guard.TrailingInPoints > 0 && Improve(Side == Side.Buy ? closingInPoints - guard.TrailingInPoints : closingInPoints + guard.TrailingInPoints)) moved = StopMove.Trailing;
        if (guard.TriggerInPoints > 0 && ProfitInPointSteps(Steps, closingInPoints) >= guard.TriggerInPoints * Steps)
        {
            var entry = (long)decimal.Round((decimal)CostInPointSteps / Steps, MidpointRounding.AwayFromZero);
            Improve(Side == Side.Buy ? entry + guard.OffsetInPoints : entry - guard.OffsetInPoints);
            Watch(guard.Guards with { Breakeven = null });
            moved = StopMove.Breakeven;
        }

        return moved;
    }

    /// <summary>The closing price from which the stop would move next; null when none makes it move.</summary>
    public long? FollowsFromInPoints
    {
        get
        {
            if (Guard is not { } guard || (guard.TrailingInPoints == 0 && guard.TriggerInPoints == 0)) return null;

            var buys = Side == Side.Buy;
            var trailing = guard.TrailingInPoints == 0 ? (long?)null
                : buys ? StopLossInPoints + guard.TrailingInPoints + 1
                : StopLossInPoints == 0 ? long.MaxValue / 4 : StopLossInPoints - guard.TrailingInPoints - 1;
            if (guard.TriggerInPoints == 0) return trailing;

            // Towards the entry by one point, since the mean of several fills may lie between two.
            var entry = CostInPointSteps / Steps;
            var even = buys ? entry + guard.TriggerInPoints : entry - guard.TriggerInPoints + 1;
            return trailing is not { } other ? even : buys ? Math.Min(other, even) : Math.Max(other, even);
        }
    }

    public void ChargeSwap(decimal amount)
    {
        Changed();
        _swapPaid += Units(amount);
    }

    public void NoteMargin(decimal margin)
    {
        if (Units(margin) <= _marginHigh) return;
        (_marginHigh, _hasMoved) = (Units(margin), true);
    }

    /// <summary>Has the row stored again if worst, best or margin are others than stored; they are no reason by themselves, since every quote would be one.</summary>
    public bool KeepHighs(long halfMarkupInPoints)
    {
        Mark(halfMarkupInPoints);
        if (_hasMoved) Changed();
        return _hasMoved;
    }

    /// <summary>Brings the worst and best closing price up to the latest quote.</summary>
    public void Mark(long halfMarkupInPoints)
    {
        var (low, high) = Side == Side.Buy ? Book.Extremes.BidsSince(_markedTo) : Book.Extremes.AsksSince(_markedTo);
        var (worst, best) = Side == Side.Buy ? (low - halfMarkupInPoints, high - halfMarkupInPoints) : (high + halfMarkupInPoints, low + halfMarkupInPoints);
        var sign = Side == Side.Buy ? 1 : -1;
        if (_worstInPoints == 0 || (worst - _worstInPoints) * sign < 0) (_worstInPoints, _hasMoved) = (worst, true);
        if (_bestInPoints == 0 || (best - _bestInPoints) * sign > 0) (_bestInPoints, _hasMoved) = (best, true);
        _markedTo = Book.Extremes.Count;
    }

    /// <summary>Takes over a fill of the same side: netting.</summary>
    public void PutOn(long steps, long costInPointSteps, decimal commission)
    {
        Changed();
        (Steps, CostInPointSteps, _commissionPaid) = (checked(Steps + steps), checked(CostInPointSteps + costInPointSteps), _commissionPaid + Units(commission));
    }

    /// <summary>Takes lots off, with their part of the commission and swap paid so far; the last lots take what is left of both.</summary>
    public (decimal Commission, decimal Swap) TakeOff(long steps, int minorDigits)
    {
        Changed();
        var (commission, swap) = (Part(CommissionPaid), Part(_swapPaid / Fine));
        CostInPointSteps -= CostOf(steps);
        Steps -= steps;
        (_commissionPaid, _swapPaid) = (_commissionPaid - Units(commission), _swapPaid - Units(swap));
        return (commission, swap);

        decimal Part(decimal whole) => steps == Steps ? whole : decimal.Round(whole * steps / Steps, minorDigits, MidpointRounding.AwayFromZero);
    }

    public PositionState State(long halfMarkupInPoints)
    {
        Mark(halfMarkupInPoints);
        return new PositionState(
            Number, Book.Instrument.Symbol, Side, Book.Scale.LotsOf(Steps), OpenPrice, OpenedAt, StopLoss, PriceOf(TakeProfitInPoints), CommissionPaid, _swapPaid / Fine,
            Encoding.UTF8.GetString(_orderId), Guard?.Guards, Worst, Best, MarginHigh);
    }

    private bool Improve(long stop)
    {
        if (stop <= 0 || (StopLossInPoints > 0 && (Side == Side.Buy ? stop <= StopLossInPoints : stop >= StopLossInPoints))) return false;
        Changed();
        StopLossInPoints = stop;
        return true;
    }

    /// <summary>Whatever changes a stored field says so here; a test lets random trading prove that none forgets it.</summary>
    private void Changed()
    {
        if (Row == StoredRow.Current) Row = StoredRow.Stale;
    }

    private long PointsOf(Price? price) => price is { } level ? Book.Scale.PointsOf(level) : 0;

    private Price? PriceOf(long points) => points > 0 ? Book.Scale.PriceOf(points) : null;

    private static long Units(decimal amount) => (long)(amount * Fine);
}

internal enum StopMove { None, Trailing, Breakeven }

/// <summary>How what is stored of a position stands to what it is.</summary>
internal enum StoredRow : byte { None, Stale, Current }

/// <summary>A position's guards with their distances in points; zero where there is none.</summary>
internal sealed class Guard
{
    public required PositionGuards Guards { get; init; }
    public long TrailingInPoints { get; private init; }
    public long TriggerInPoints { get; private init; }
    public long OffsetInPoints { get; private init; }

    public static Guard? Of(SymbolBook book, PositionGuards? guards) => guards is null or { IsNone: true } ? null : new Guard
    {
        Guards = guards,
        TrailingInPoints = guards.TrailingDistance is { } distance ? book.Scale.PointsOf(distance) : 0,
        TriggerInPoints = guards.Breakeven is { } even ? book.Scale.PointsOf(even.Trigger) : 0,
        OffsetInPoints = guards.Breakeven?.Offset is { } offset ? book.Scale.PointsOf(offset) : 0,
    };
}
