using TradeSense.Engine.Accounts;
using TradeSense.Engine.Book;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Engine;

/// <summary>What happens by the clock alone: the New York turn (weekend, swap) and each trading day's start, in time order.</summary>
internal sealed class Schedule
{
    private readonly List<Day> _days = [];
    private DateTimeOffset _nextTurn = DateTimeOffset.MaxValue;
    private DateTimeOffset _nextDayOrTurn = DateTimeOffset.MaxValue;

    /// <summary>Pending orders that end by the clock.</summary>
    public TimeWatch Expiries { get; } = new();

    /// <summary>The next instant at which something happens; nothing before the schedule is set going.</summary>
    public DateTimeOffset Next => Expiries.Next < _nextDayOrTurn ? Expiries.Next : _nextDayOrTurn;

    public void StartFrom(DateTimeOffset instant)
    {
        _nextTurn = TradingDayClock.NextStart(TradingDay.Default, instant);
        _nextDayOrTurn = _nextTurn;
    }

    /// <summary>From now on the account's days start on time. One that was stored before its last day start catches up.</summary>
    public void Add(TradingAccount account)
    {
        if (account.Status is not (AccountStatus.Active or AccountStatus.Paused)) return;

        var terms = account.Terms.TradingDay;
        var due = TradingDayClock.StartOf(terms, account.TradingDay.AddDays(1));
        if (_days.Find(d => d.Terms == terms) is not { } day) _days.Add(day = new Day(terms) { Next = due });
        day.Accounts.Add(account);
        if (due < day.Next) day.Next = due;
        if (due < _nextDayOrTurn) _nextDayOrTurn = due;
    }

    /// <summary>A reinstated account's days start again. One that failed today is still listed.</summary>
    public void AddAgain(TradingAccount account)
    {
        foreach (var day in _days) day.Accounts.Remove(account);
        Add(account);
    }

    /// <summary>Does what is due at <see cref="Next"/>: orders end, then what is not held overnight, then the weekend's closes, then swaps, then the new trading day.</summary>
    public void RunNext(IReadOnlyList<TradingAccount> accounts)
    {
        var instant = Next;
        while (Expiries.TryTake(instant, out var account, out var order)) accounts[account].Expire(new OrderNumber(order), instant);
        if (instant < _nextDayOrTurn) return;

        foreach (var day in _days)
            if (day.Next == instant)
                foreach (var account in day.Accounts) account.CloseOvernight(instant);
        if (instant == _nextTurn) Turn(accounts, instant);
        foreach (var day in _days)
            if (day.Next == instant) Begin(day, instant);

        _nextDayOrTurn = _nextTurn;
        foreach (var day in _days)
            if (day.Next < _nextDayOrTurn) _nextDayOrTurn = day.Next;
    }

    /// <summary>17:00 New York: Friday's ends the week, and Monday's to Friday's cost a night's swap, Wednesday's three.</summary>
    private void Turn(IReadOnlyList<TradingAccount> accounts, DateTimeOffset instant)
    {
        var weekday = TradingDayClock.LabelOf(TradingDay.Default, instant).DayOfWeek;
        if (weekday == DayOfWeek.Friday)
            foreach (var account in accounts) account.CloseForWeekend(instant);
        if (weekday is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            foreach (var account in accounts) account.ChargeSwap(weekday == DayOfWeek.Wednesday ? 3 : 1, instant);
        _nextTurn = TradingDayClock.NextStart(TradingDay.Default, instant);
    }

    private static void Begin(Day day, DateTimeOffset instant)
    {
        var label = TradingDayClock.LabelOf(day.Terms, instant);
        day.Accounts.RemoveAll(a => a.Status is not (AccountStatus.Active or AccountStatus.Paused));
        foreach (var account in day.Accounts)
            if (account.TradingDay < label) account.BeginDay(label, instant);
        day.Next = TradingDayClock.NextStart(day.Terms, instant);
    }

    /// <summary>The accounts whose days start at the same instants.</summary>
    private sealed class Day(TradingDay terms)
    {
        public TradingDay Terms { get; } = terms;
        public List<TradingAccount> Accounts { get; } = [];
        public DateTimeOffset Next { get; set; }
    }
}
