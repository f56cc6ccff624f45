using TradeSense.Engine.Book;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Accounts;

/// <summary>How positions come about, at the market or from pending orders, and how their stops follow the price.</summary>
internal sealed partial class TradingAccount
{
    private int _lastOrderNumber;
    private int _tradesToday;
    private decimal _uncounted;
    private decimal _uncountedToday;

    /// <summary>What is to be opened, at the current quote.</summary>
    internal readonly record struct Fill(
        Side Side, Lots Lots, Price? StopLoss, Price? TakeProfit, PositionGuards? Guards, string OrderId, OrderNumber? Order = null);

    /// <summary>Opens a position; the caller settles once after the last of them. Under netting the other side is closed first, and only the rest opens.</summary>
    public void Open(SymbolBook book, Fill fill, DateTimeOffset at)
    {
        var steps = book.Scale.StepsOf(fill.Lots);
        if (Terms.IsNetting) steps -= NetOff(book, fill, steps, at);
        _lastActivityAt = at;
        if (steps == 0) return;

        NoteTrade();
        var (points, lots) = (Portfolio.OpeningInPoints(book, fill.Side), book.Scale.LotsOf(steps));
        var (price, commission) = (book.Scale.PriceOf(points), CommissionOf(book, lots));
        Balance -= commission;
        var position = Terms.IsNetting && Portfolio.FirstIn(book) is { } held
            ? Increase(held, fill, steps, points, commission)
            : Begin(book, fill, lots, price, commission, at);
        position.Mark(Portfolio.HalfMarkup(book));
        position.NoteMargin(RoundedUp(Portfolio.MarginOf(position)));
        _dayMarginHigh = Math.Max(_dayMarginHigh, RoundedUp(Portfolio.UsedMargin));
        _journal.Record(new PositionOpened(
            at, Id, fill.OrderId, position.Number, book.Instrument.Symbol, fill.Side, lots, price, fill.StopLoss, fill.TakeProfit, commission, Balance, fill.Order));
        if (position.Guard is not null && fill.Order is null) MoveStop(position, at);
    }

    private Position Begin(SymbolBook book, Fill fill, Lots lots, Price price, decimal commission, DateTimeOffset at)
    {
        var position = new Position(book, new PositionState(
            new PositionNumber(++_lastPositionNumber), book.Instrument.Symbol, fill.Side, lots, price, at, fill.StopLoss, fill.TakeProfit, commission, 0m, fill.OrderId));
        Hold(position);
        Attach(position, fill.Guards);
        return position;
    }

    /// <summary>The levels and guards of the new order take the place of the position's, where it brings any; a trailing stop never goes back for it.</summary>
    private Position Increase(Position held, Fill fill, long steps, long points, decimal commission)
    {
        var cost = checked(steps * points);
        held.PutOn(steps, cost, commission);
        Portfolio.Increase(held, steps, cost);
        if (fill.StopLoss is not null || fill.TakeProfit is not null) held.Protect(StopAfter(held, fill.StopLoss, fill.TakeProfit), fill.TakeProfit);
        if (fill.Guards is not null) Attach(held, fill.Guards);
        return held;
    }

    /// <summary>The stop a position has once an order with these levels has been added to it.</summary>
    public static Price? StopAfter(Position held, Price? stopLoss, Price? takeProfit) => stopLoss is null && takeProfit is null ? held.StopLoss : Better(held, stopLoss);

    private static Price? Better(Position held, Price? wanted)
    {
        if (held.Guard is not { TrailingInPoints: > 0 } || held.StopLoss is not { } now) return wanted;
        return wanted is { } level && (held.Side == Side.Buy ? level > now : level < now) ? level : now;
    }

    /// <summary>How many of the steps went into closing the other side.</summary>
    private long NetOff(SymbolBook book, Fill fill, long steps, DateTimeOffset at)
    {
        var closed = 0L;
        while (closed < steps && Portfolio.FirstIn(book) is { } held && held.Side != fill.Side)
        {
            var part = Math.Min(held.Steps, steps - closed);
            Close(held, part, at, CloseReason.Netting, fill.OrderId, fill.Order);
            closed += part;
        }

        return closed;
    }

    /// <summary>New orders of one command. One whose price is there already is filled at once.</summary>
    public void Place(IReadOnlyList<(SymbolBook Book, OrderLeg Leg)> legs, PlaceOrders wish, DateTimeOffset? expiresAt, DateTimeOffset at)
    {
        var group = new OrderNumber(_lastOrderNumber + 1);
        foreach (var (book, leg) in legs)
        {
            var number = new OrderNumber(++_lastOrderNumber);
            var id = legs.Count == 1 ? wish.ClientId : $"{wish.ClientId}/{number.Value - group.Value + 1}";
            var placed = new OrderState(
                number, group, wish.Bond, id, leg.Symbol, leg.Side, leg.Lots, leg.Kind, leg.Price, leg.LimitPrice, IsTriggered: false, leg.StopLoss, leg.TakeProfit,
                leg.Guards, wish.Expiry, expiresAt, at);
            Orders.Add(book, placed);
            _journal.Record(new OrderPlaced(at, Id, wish.ClientId, placed));
        }

        _lastActivityAt = at;
        foreach (var book in legs.Select(l => l.Book).Distinct()) FillNow(book, at);
        Settle(at);
    }

    public void Modify(WaitingOrder order, OrderState changed, string clientId, DateTimeOffset at)
    {
        Orders.Change(order, changed);
        _lastActivityAt = at;
        _journal.Record(new OrderModified(at, Id, clientId, changed));
        FillNow(order.Book, at);
        Settle(at);
    }

    public void CancelByTrader(WaitingOrder order, DateTimeOffset at, string clientId)
    {
        _lastActivityAt = at;
        Cancel(order, at, CancelReason.Trader, clientId);
    }

    public void Expire(OrderNumber number, DateTimeOffset at)
    {
        if (Orders.Find(number) is { } order) Cancel(order, at, CancelReason.Expired);
    }

    /// <summary>Between two quotes, after a command, if the last one is fresh: what it opens has its trailing stop from here on.</summary>
    private void FillNow(SymbolBook book, DateTimeOffset at)
    {
        if (!_venue.Checks.HasPrice(this, book, at)) return;
        FillReached(book, at);
        MoveStops(book, at);
    }

    /// <summary>Pending orders whose price has come, oldest first. Outside the session they wait.</summary>
    private void FillReached(SymbolBook book, DateTimeOffset at)
    {
        if (Orders.IsEmpty || !_venue.Checks.CanFill(this, book, at)) return;

        // Each fill or trigger may take others of the list with it, so the next one is looked up anew.
        for (var last = 0; NextReached(book, last) is { } order; last = order.State.Number.Value) Reach(order, at);
    }

    private WaitingOrder? NextReached(SymbolBook book, int after)
    {
        foreach (var order in Orders.All)
            if (order.Book == book && order.State.Number.Value > after && order.IsReached) return order;
        return null;
    }

    private void Reach(WaitingOrder order, DateTimeOffset at)
    {
        if (order.AwaitsStop)
        {
            Orders.Change(order, order.State with { IsTriggered = true });
            _journal.Record(new OrderTriggered(at, Id, order.State.Number, order.State.OrderId));
            CancelOthers(order, at);
            if (order.State.Kind == OrderKind.StopLimit && !order.IsReached) return;
        }

        var state = order.State;
        if (_venue.Checks.AtFill(this, order, at) is { } refusal)
        {
            Cancel(order, at, CancelReason.NotFillable, refusal: refusal);
            return;
        }

        Orders.Remove(order);
        Open(order.Book, new Fill(state.Side, state.Lots, state.StopLoss, state.TakeProfit, state.Guards, state.OrderId, state.Number), at);
        CancelOthers(order, at);
    }

    /// <summary>One of an OCO was filled or triggered: the others are gone in the same step.</summary>
    private void CancelOthers(WaitingOrder order, DateTimeOffset at)
    {
        if (order.State.Bond != OrderBond.Oco) return;
        for (var i = Orders.All.Count - 1; i >= 0; i--)
            if (Orders.All[i] is { } other && other != order && other.State.Group == order.State.Group) Cancel(other, at, CancelReason.Oco);
    }

    private void CancelAll(DateTimeOffset at, CancelReason reason)
    {
        while (!Orders.IsEmpty) Cancel(Orders.All[0], at, reason);
    }

    private void Cancel(WaitingOrder order, DateTimeOffset at, CancelReason reason, string clientId = "", RejectReason? refusal = null)
    {
        Orders.Remove(order);
        _journal.Record(new OrderCancelled(at, Id, clientId, order.State.Number, order.State.OrderId, reason, refusal));
    }

    private void MoveStops(SymbolBook book, DateTimeOffset at)
    {
        foreach (var position in Portfolio.Positions)
            if (position.Book == book && position.Guard is not null) MoveStop(position, at);
    }

    private void MoveStop(Position position, DateTimeOffset at)
    {
        var move = position.Follow(Portfolio.ClosingInPoints(position.Book, position.Side));
        if (move == StopMove.None) return;
        if (move == StopMove.Breakeven) _journal.Record(new StopMoved(at, Id, position.Number, position.StopLoss!.Value));
        else _journal.Changed(Id);
    }

    /// <summary>The high water of margins, of each position and of the day; only those that are converted move by themselves.</summary>
    public void NoteMargins()
    {
        if (!Portfolio.Converts) return;
        foreach (var position in Portfolio.Positions)
            if (Portfolio.ConvertsFor(position.Book)) position.NoteMargin(RoundedUp(Portfolio.MarginOf(position)));
        _dayMarginHigh = Math.Max(_dayMarginHigh, RoundedUp(Portfolio.UsedMargin));
    }

    /// <summary>How many positions' figures for reports have moved; the account is to be stored for them.</summary>
    public int KeepHighs()
    {
        var moved = 0;
        foreach (var position in Portfolio.Positions)
            if (position.KeepHighs(Portfolio.HalfMarkup(position.Book))) moved++;
        if (moved > 0) _journal.Changed(Id);
        return moved;
    }

    private decimal RoundedUp(decimal exact) => decimal.Round(exact, Terms.Currency.MinorDigits, MidpointRounding.ToPositiveInfinity);

    private void NoteTrade()
    {
        if (!_tradedToday && Terms.Rules?.ProfitableDay is null) _tradingDays++;
        (_tradedToday, _tradesToday) = (true, _tradesToday + 1);
    }

    /// <summary>Whether a day with this profit counts, where days are counted by profit.</summary>
    private bool IsProfitable(decimal dayProfit) => Terms.Rules?.ProfitableDay is { } share && dayProfit >= share.Of(Terms.InitialBalance);

    /// <summary>The part of a profit that a news rule leaves out: a loss counts in full.</summary>
    private decimal Uncounted(Instrument instrument, DateTimeOffset openedAt, decimal profit, DateTimeOffset at)
    {
        if (profit <= 0 || Terms.Rules?.News is not { Effect: NewsEffect.Reduce } rule) return 0m;
        var isNews = _venue.Checks.IsNews(rule, instrument, openedAt) || _venue.Checks.IsNews(rule, instrument, at);
        return isNews ? profit - Rounded(rule.Counted.Of(profit)) : 0m;
    }

    private decimal SwapOf(Position position, int nights)
    {
        var instrument = position.Book.Instrument;
        var points = position.Side == Side.Buy ? instrument.SwapLong : instrument.SwapShort;
        var moneyPerDigit = position.Book.Scale.MoneyPerPointAndStep * position.Book.Scale.PointsPerDigit;
        return Portfolio.Convert(position.Book, points * nights * position.Steps * moneyPerDigit);
    }

    private void Hold(Position position)
    {
        Portfolio.Add(position);
        if (position.Guard?.Guards.CloseAt is { } end) position.Book.TimeStops.Add(end, _index, position.Number.Value);
    }

    /// <summary>Gives a position its guards, and the clock its time stop.</summary>
    private void Attach(Position position, PositionGuards? guards)
    {
        if (position.Guard?.Guards.CloseAt is { } before) position.Book.TimeStops.Remove(before, _index, position.Number.Value);
        position.Watch(guards);
        if (guards?.CloseAt is { } after) position.Book.TimeStops.Add(after, _index, position.Number.Value);
    }

    private SymbolBook BookOf(string symbol) => _venue.Market.Book(symbol) ?? throw new ArgumentException($"{symbol} is not traded here.");
}
