namespace TradeSense.Engine.Book;

/// <summary>What falls due by the clock, the earliest first, each with its account and its number there.</summary>
internal sealed class TimeWatch
{
    private readonly SortedSet<(DateTimeOffset At, int Account, int Number)> _due = [];

    /// <summary>The end of time while nothing waits.</summary>
    public DateTimeOffset Next { get; private set; } = DateTimeOffset.MaxValue;

    public void Add(DateTimeOffset at, int account, int number)
    {
        _due.Add((at, account, number));
        Next = _due.Min.At;
    }

    public void Remove(DateTimeOffset at, int account, int number)
    {
        if (!_due.Remove((at, account, number))) return;
        Next = _due.Count > 0 ? _due.Min.At : DateTimeOffset.MaxValue;
    }

    /// <summary>Takes the first that is due at this instant or before.</summary>
    public bool TryTake(DateTimeOffset at, out int account, out int number)
    {
        (account, number) = (-1, 0);
        if (Next > at) return false;
        (var due, account, number) = _due.Min;
        Remove(due, account, number);
        return true;
    }

    /// <summary>The accounts with something due, which stays due until it is removed.</summary>
    public void Collect(DateTimeOffset at, List<int> accounts)
    {
        if (Next > at) return;
        foreach (var (due, account, _) in _due)
        {
            if (due > at) return;
            accounts.Add(account);
        }
    }
}
