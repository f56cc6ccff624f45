using TradeSense.Engine.Values;

namespace TradeSense.Engine.Accounts;

/// <summary>The account as it is stored.</summary>
internal sealed partial class TradingAccount
{
    public AccountState Snapshot() => Snapshot([.. Portfolio.Positions.Select(Portfolio.StateOf)]);

    /// <summary>What differs from what was taken last; from now on it counts as stored.</summary>
    public AccountChange TakeChange()
    {
        List<PositionState>? stale = null;
        foreach (var position in Portfolio.Positions)
        {
            if (position.Row == StoredRow.Current) continue;
            (stale ??= []).Add(Portfolio.StateOf(position));
            position.NoteStored();
        }

        var gone = _gone;
        _gone = null;
        return new AccountChange(Snapshot(stale ?? []), gone ?? [], IsHolding: !Portfolio.IsEmpty);
    }

    private AccountState Snapshot(IReadOnlyList<PositionState> positions) => new()
    {
        Id = Id,
        Terms = Terms,
        Status = Status,
        OpenedAt = _openedAt,
        Balance = Balance,
        TradingDay = TradingDay,
        DailyAnchor = Limits.Anchor,
        DailyFloor = Limits.DailyFloor,
        Peak = Limits.Peak,
        OverallFloor = Limits.OverallFloor,
        FloorLifted = Limits.FloorLifted,
        DayStartBalance = _dayStartBalance,
        TradingDays = _tradingDays,
        TradedToday = _tradedToday,
        BestDayProfit = _bestDayProfit,
        DayMarginHigh = _dayMarginHigh,
        TradesToday = _tradesToday,
        UncountedProfit = _uncounted,
        UncountedToday = _uncountedToday,
        PaidOut = _paidOut,
        LastActivityAt = _lastActivityAt,
        ScaledAt = _scaledAt,
        LastPositionNumber = _lastPositionNumber,
        Breach = Breach,
        Positions = positions,
        LastOrderNumber = _lastOrderNumber,
        Orders = Orders.IsEmpty ? [] : [.. Orders.All.Select(o => o.State)],
    };
}
