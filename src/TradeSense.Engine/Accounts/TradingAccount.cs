using TradeSense.Engine.Book;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Accounts;

/// <summary>One account inside the engine: balance, positions, orders and limits. It changes only while an input is applied.</summary>
internal sealed partial class TradingAccount : RuledAccount
{
    private readonly Venue _venue;
    private readonly Journal _journal;
    private readonly int _index;
    private readonly DateTimeOffset _openedAt;
    private decimal _dayStartBalance;
    private decimal _bestDayProfit;
    private decimal _paidOut;
    private int _tradingDays;
    private bool _tradedToday;
    private int _lastPositionNumber;
    private decimal _dayMarginHigh;
    private DateTimeOffset _lastActivityAt;
    private DateTimeOffset? _scaledAt;

    /// <summary>Closed positions whose rows are still there.</summary>
    private List<PositionNumber>? _gone;

    /// <param name="index">Its place in the engine's list, by which books and clocks name it.</param>
    public TradingAccount(int index, AccountId id, AccountTerms terms, Portfolio portfolio, Venue venue, DateOnly tradingDay, DateTimeOffset openedAt)
        : base(LossTerms.Of(terms), tradingDay)
    {
        (_index, Id, Terms, Portfolio, _venue, _journal) = (index, id, terms, portfolio, venue, venue.Journal);
        (_openedAt, _lastActivityAt, _dayStartBalance) = (openedAt, openedAt, terms.InitialBalance);
        Orders = new PendingOrders(index, portfolio, venue.Expiries);
    }

    /// <summary>An account as it was stored.</summary>
    /// <param name="positions">Oldest first.</param>
    public TradingAccount(int index, AccountState stored, IReadOnlyList<Position> positions, Portfolio portfolio, Venue venue)
        : this(index, stored.Id, stored.Terms, portfolio, venue, stored.TradingDay, stored.OpenedAt)
    {
        (Status, Balance, Limits, Breach) = (stored.Status, stored.Balance, LossState.Of(stored), stored.Breach);
        (_dayStartBalance, _bestDayProfit, _paidOut) = (stored.DayStartBalance, stored.BestDayProfit, stored.PaidOut);
        (_tradingDays, _tradedToday, _dayMarginHigh) = (stored.TradingDays, stored.TradedToday, stored.DayMarginHigh);
        (_tradesToday, _uncounted, _uncountedToday) = (stored.TradesToday, stored.UncountedProfit, stored.UncountedToday);
        _scaledAt = stored.ScaledAt;
        (_lastPositionNumber, _lastOrderNumber, _lastActivityAt) = (stored.LastPositionNumber, stored.LastOrderNumber, stored.LastActivityAt);
        Portfolio.Expect(positions.Count);
        foreach (var position in positions) Hold(position);
        foreach (var order in stored.Orders.OrderBy(o => o.Number)) Orders.Add(BookOf(order.Symbol), order);
    }

    public AccountId Id { get; }
    public AccountTerms Terms { get; private set; }
    public Portfolio Portfolio { get; }
    public PendingOrders Orders { get; }
    public decimal PaidOut => _paidOut;
    public int TradesToday => _tradesToday;
    public override decimal Equity => Balance + Portfolio.Floating;

    private decimal TodayRealised => Balance - _dayStartBalance;

    /// <summary>Of today's profit what counts towards passing.</summary>
    private decimal TodayCounted => TodayRealised - _uncountedToday;

    /// <summary>
    /// A quote is more than a change of the open profit here. In the rules' order: stops, take profits and time stops of positions, then pending orders,
    /// each oldest first; then trailing stops move; then everything that follows from equity.
    /// </summary>
    public void MeetQuote(SymbolBook book, DateTimeOffset at)
    {
        for (var i = 0; i < Portfolio.Positions.Count;)
        {
            var position = Portfolio.Positions[i];
            if (position.Book == book && TriggeredBy(position, at) is { } reason) Close(position, position.Steps, at, reason);
            else i++;
        }

        FillReached(book, at);
        MoveStops(book, at);
        Settle(at);
    }

    /// <summary>Decides exactly what the current quotes mean for the account: stop-out, peak, floors, target. Then draws its quiet bands anew.</summary>
    public void Settle(DateTimeOffset at)
    {
        var before = Limits;
        StopOut(at);
        Check(at);
        PassIfMet(at);
        if (Limits != before) _journal.Changed(Id);
        DrawBands();
    }

    /// <summary>A trading day starts: the rules' order, then what follows from the new floors.</summary>
    public void BeginDay(DateOnly label, DateTimeOffset at)
    {
        StartDay(label, at);
        Settle(at);
    }

    /// <summary>The trader's own close; the caller settles once after the last of them.</summary>
    public void CloseByTrader(Position position, long steps, DateTimeOffset at, string clientId, CloseReason reason = CloseReason.Trader) =>
        Close(position, steps, at, reason, clientId);

    public void Protect(Position position, ModifyPosition wish, DateTimeOffset at)
    {
        position.Protect(wish.StopLoss, wish.TakeProfit);
        _lastActivityAt = at;
        _journal.Record(new PositionModified(at, Id, wish.ClientId, position.Number, wish.StopLoss, wish.TakeProfit));
        if (position.Guard is not null) MoveStop(position, at);
        DrawBands();
    }

    /// <summary>Sets what watches over a position beside its levels; a trailing stop takes its place at once.</summary>
    public void Watch(Position position, PositionGuards? guards, DateTimeOffset at, string clientId)
    {
        Attach(position, guards);
        _lastActivityAt = at;
        if (Portfolio.CanValue(position.Book)) position.Follow(Portfolio.ClosingInPoints(position.Book, position.Side));
        _journal.Record(new PositionGuarded(at, Id, clientId, position.Number, position.Guard?.Guards, position.StopLoss));
        DrawBands();
    }

    public void Withdraw(decimal amount, DateTimeOffset at, string clientId)
    {
        Balance -= amount;
        // What was paid out is no loss of the day.
        _dayStartBalance -= amount;
        _paidOut += amount;
        Limits = Limits.AfterPayout(Loss, amount);
        _journal.Record(new PayoutWithdrawn(at, Id, clientId, amount, Balance, Limits.OverallFloor));
        Settle(at);
    }

    public void Return(decimal amount, DateTimeOffset at, string clientId)
    {
        Balance += amount;
        _dayStartBalance += amount;
        _paidOut -= amount;
        Limits = Limits.AfterReturn(Loss, amount, isLast: _paidOut == 0);
        _journal.Record(new PayoutReturned(at, Id, clientId, amount, Balance, Limits.OverallFloor));
        Settle(at);
    }

    /// <summary>Makes good a loss: the day's result gets it back, and a floor that follows the balance follows it.</summary>
    public void Credit(decimal amount, string reason, DateTimeOffset at, string clientId)
    {
        Balance += amount;
        BalanceChanged();
        _journal.Record(new AccountCredited(at, Id, clientId, reason, amount, Balance));
        Settle(at);
    }

    /// <summary>Grows in place: all that counts from the size moves up by as much as it does, so no result changes and no room shrinks.</summary>
    public void Scale(AccountTerms grown, DateTimeOffset at, string clientId)
    {
        var growth = grown.InitialBalance - Terms.InitialBalance;
        (Terms, Loss, _scaledAt) = (grown, LossTerms.Of(grown), at);
        Balance += growth;
        _dayStartBalance += growth;
        Limits = Limits.Grown(Loss, growth);
        _journal.Record(new AccountScaled(at, Id, clientId, grown.InitialBalance, growth, Balance, Limits.Anchor, Limits.DailyFloor, Limits.Peak, Limits.OverallFloor));
        Settle(at);
    }

    /// <summary>Active again with the balance stated. Days that went by meanwhile are made up by one day start, now.</summary>
    public void Reinstate(decimal balance, string reason, DateOnly today, DateTimeOffset at, string clientId)
    {
        var correction = balance - Balance;
        (Status, Breach, Balance, _lastActivityAt) = (AccountStatus.Active, null, balance, at);
        BalanceChanged();
        _journal.Record(new AccountReinstated(at, Id, clientId, reason, balance, correction, Limits.DailyFloor, Limits.Peak, Limits.OverallFloor));
        if (today > TradingDay) StartDay(today, at);
        Settle(at);
    }

    public void CloseForGood(DateTimeOffset at, string clientId, string reason)
    {
        CloseAll(at, CloseReason.AccountClosed);
        CancelAll(at, CancelReason.AccountClosed);
        Status = AccountStatus.Closed;
        _journal.Record(new AccountClosed(at, Id, clientId, reason, Balance));
    }

    public void CloseForWeekend(DateTimeOffset at)
    {
        if (Terms.WeekendHolding || Portfolio.IsEmpty) return;
        var spares = Terms.Rules is { CoinsAtWeekends: true };
        foreach (var position in Portfolio.Positions.Where(p => !spares || p.Book.Instrument.Session != Session.Always).ToArray())
            Close(position, position.Steps, at, CloseReason.Weekend);
        Settle(at);
    }

    public void CloseOvernight(DateTimeOffset at)
    {
        if (Terms.Rules is not { ClosesOvernight: true } || Portfolio.IsEmpty) return;
        CloseAll(at, CloseReason.Overnight);
        Settle(at);
    }

    /// <summary>Swap for one night, or three on a Wednesday, of every position held; a swap-free account's fixed fee where there is one.</summary>
    public void ChargeSwap(int nights, DateTimeOffset at)
    {
        if (Portfolio.IsEmpty || (Terms.SwapFree && Terms.Rules?.OvernightFee is null)) return;

        foreach (var position in Portfolio.Positions)
        {
            var amount = Rounded(Terms.SwapFree ? -Terms.Rules!.OvernightFee!.Value * position.Lots * nights : SwapOf(position, nights));
            if (amount == 0) continue;

            Balance += amount;
            position.ChargeSwap(amount);
            BalanceChanged();
            _journal.Record(new SwapCharged(at, Id, position.Number, amount, Balance, RatesOf(position.Book)));
        }

        Settle(at);
    }

    public decimal CommissionOf(SymbolBook book, Lots lots) => Rounded(book.Instrument.CommissionPerLot * lots.Value * Terms.CommissionFactor);

    /// <summary>Draws anew the prices between which no quote can change more than the open profit.</summary>
    public void DrawBands()
    {
        if (Portfolio.IsEmpty) return;

        var (equity, stopOut) = (Equity, Terms.StopOut.AsFraction);
        var slack = equity - stopOut * Portfolio.UsedMargin;
        if (Loss.Daily?.Evaluate == Evaluation.Tick && Limits.DailyFloor is { } daily) slack = Math.Min(slack, equity - daily);
        if (Limits.OverallFloor is { } overall) slack = Math.Min(slack, equity - overall);
        Portfolio.DrawBands(slack, Loss.Overall?.Mode == OverallMode.TrailingEquity ? Limits.Peak - equity : null, stopOut);
    }

    public EquityPoint Point() => new(Balance, Equity, Limits.DailyFloor, Limits.OverallFloor);

    public AccountView Picture(DateTimeOffset asOf)
    {
        var floating = Portfolio.Floating;
        var equity = Balance + floating;
        var margin = Portfolio.UsedMargin;
        var positions = Marked();
        return new AccountView(
            Snapshot([.. positions.Select(p => p.State)]), asOf, floating, equity, Limits.Room(equity), margin, margin > 0 ? equity / margin * 100m : null,
            equity - _dayStartBalance, positions)
        {
            Orders = Orders.IsEmpty ? [] : [.. Orders.All.Select(o => new OrderView(
                o.State, o.Book.Last is null ? null : o.Book.Scale.PriceOf(Portfolio.OpeningInPoints(o.Book, o.State.Side))))],
        };
    }

    protected override void CloseForBreach(Breach breach)
    {
        var evidence = new BreachEvidence(
            Balance, breach.Equity - Balance, Limits.DailyFloor, Limits.Anchor, TradingDay, Limits.OverallFloor, Limits.Peak,
            Marked(), QuotesUsed(), _scaledAt is null ? null : Terms.InitialBalance);
        var isPause = Status == AccountStatus.Paused;
        _journal.Record(isPause ? new AccountPaused(breach.At, Id, breach, evidence) : new AccountFailed(breach.At, Id, breach, evidence));
        CloseAll(breach.At, isPause ? CloseReason.Pause : CloseReason.Breach);
        CancelAll(breach.At, isPause ? CancelReason.Pause : CancelReason.Breach);
    }

    protected override void OnDayStarted(DateOnly previous, DateTimeOffset at)
    {
        var dayProfit = TodayRealised;
        _journal.Record(new DayStarted(
            at, Id, TradingDay, previous, Balance, Equity, dayProfit, _tradedToday, Limits.Anchor, Limits.DailyFloor, Limits.Peak, Limits.OverallFloor, _dayMarginHigh, Portfolio.IsEmpty ? null : QuotesUsed()));
        _bestDayProfit = Math.Max(_bestDayProfit, TodayCounted);
        if (IsProfitable(TodayCounted)) _tradingDays++;
        (_tradesToday, _uncountedToday) = (0, 0m);
        (_dayStartBalance, _tradedToday, _dayMarginHigh) = (Balance, false, Portfolio.IsEmpty ? 0m : RoundedUp(Portfolio.UsedMargin));
    }

    /// <summary>A peak that follows the balance can be worked out from the facts; one that follows equity rests on quotes, so it is one.</summary>
    protected override void OnPeakRaised(DateTimeOffset at)
    {
        if (Loss.Overall?.Mode == OverallMode.TrailingEquity) _journal.Record(new PeakRaised(at, Id, Limits.Peak, Balance, Limits.OverallFloor, QuotesUsed()));
    }

    protected override void OnResumed(DateTimeOffset at) => _journal.Record(new AccountResumed(at, Id));

    private CloseReason? TriggeredBy(Position position, DateTimeOffset at)
    {
        if (position.Guard?.Guards.CloseAt <= at) return CloseReason.TimeStop;
        var (price, stop, take) = (Portfolio.ClosingInPoints(position.Book, position.Side), position.StopLossInPoints, position.TakeProfitInPoints);
        return position.Side == Side.Buy
            ? stop > 0 && price <= stop ? CloseReason.StopLoss : take > 0 && price >= take ? CloseReason.TakeProfit : null
            : stop > 0 && price >= stop ? CloseReason.StopLoss : take > 0 && price <= take ? CloseReason.TakeProfit : null;
    }

    private void CloseAll(DateTimeOffset at, CloseReason reason)
    {
        while (!Portfolio.IsEmpty) Close(Portfolio.Positions[0], Portfolio.Positions[0].Steps, at, reason);
    }

    private void Close(Position position, long steps, DateTimeOffset at, CloseReason reason, string clientId = "", OrderNumber? order = null)
    {
        var (book, lots, opened) = (position.Book, position.Book.Scale.LotsOf(steps), position.OpenPrice);
        // Whoever closes it, a position held was activity until now.
        _lastActivityAt = at;
        // A verdict makes the balance the equity: its closes cost no commission, and its peak is the rules' own matter.
        var isVerdict = reason is CloseReason.Breach or CloseReason.Pause;
        var price = book.Scale.PriceOf(Portfolio.ClosingInPoints(book, position.Side));
        var profit = Rounded(Portfolio.ProfitOf(position, steps));
        var commission = isVerdict ? 0m : CommissionOf(book, lots);
        position.Mark(Portfolio.HalfMarkup(book));
        var (worst, best) = (Rounded(Portfolio.ProfitAt(position, steps, position.Worst!.Value)), Rounded(Portfolio.ProfitAt(position, steps, position.Best!.Value)));

        var cost = position.CostOf(steps);
        var (_, swap) = position.TakeOff(steps, Terms.Currency.MinorDigits);
        if (position.Steps == 0) Attach(position, null);
        Portfolio.Reduce(position, steps, cost, isGone: position.Steps == 0);
        if (position.Steps == 0 && position.Row != StoredRow.None) (_gone ??= []).Add(position.Number);
        Balance += profit - commission;
        if (!isVerdict) BalanceChanged();
        var uncounted = Uncounted(book.Instrument, position.OpenedAt, profit, at);
        _uncounted += uncounted;
        _uncountedToday += uncounted;
        _journal.Record(new PositionClosed(
            at, Id, clientId, position.Number, book.Instrument.Symbol, position.Side, lots, book.Scale.LotsOf(position.Steps), opened, position.OpenedAt,
            price, profit, commission, swap, Balance, reason, position.Worst, position.Best, worst, best, position.MarginHigh, uncounted, order, RatesOf(book)));
    }

    private void StopOut(DateTimeOffset at)
    {
        while (!Portfolio.IsEmpty && Equity * 100m < Terms.StopOut.Value * Portfolio.UsedMargin)
        {
            var loser = Portfolio.LargestLoser()!;
            Close(loser, loser.Steps, at, CloseReason.StopOut);
        }
    }

    private void PassIfMet(DateTimeOffset at)
    {
        if (Status != AccountStatus.Active || !Portfolio.IsEmpty) return;
        var (counted, days) = (Balance - _uncounted, _tradingDays + (IsProfitable(TodayCounted) ? 1 : 0));
        if (!PhaseGoal.IsMet(Terms, counted, counted + _paidOut - Terms.InitialBalance, days, Math.Max(_bestDayProfit, TodayCounted))) return;
        Status = AccountStatus.Passed;
        CancelAll(at, CancelReason.Passed);
        _journal.Record(new PhasePassed(at, Id, Balance, days));
    }

    private IReadOnlyList<Quote> QuotesUsed() => [.. Portfolio.QuotedBy().Select(b => b.Last!.Value).OrderBy(q => q.Symbol, StringComparer.Ordinal)];

    /// <summary>The pairs between a symbol's currency and the account's as they stand; null where there is nothing to convert.</summary>
    private IReadOnlyList<Quote>? RatesOf(SymbolBook book) =>
        _venue.Market.Conversion(book.Instrument.QuoteCurrency, Terms.Currency) is { Books.Length: > 0 } way ? [.. way.Books.Select(pair => pair.Last!.Value)] : null;

    private IReadOnlyList<PositionView> Marked() => [.. Portfolio.Positions.Select(p => new PositionView(
        Portfolio.StateOf(p), p.Book.Scale.PriceOf(Portfolio.ClosingInPoints(p.Book, p.Side)), Portfolio.ProfitOf(p, p.Steps)))];

    private decimal Rounded(decimal exact) => decimal.Round(exact, Terms.Currency.MinorDigits, MidpointRounding.AwayFromZero);
}
