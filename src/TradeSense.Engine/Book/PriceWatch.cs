namespace TradeSense.Engine.Book;

/// <summary>The quote an order waits for, in the symbol's own prices, mark-up taken off.</summary>
internal enum WatchFor { AskAtOrBelow, AskAtOrAbove, BidAtOrBelow, BidAtOrAbove }

/// <summary>Who waits for a price of one symbol, in the order of the prices: a quote that none of them waits for costs four comparisons, however many there are.</summary>
internal sealed class PriceWatch
{
    private readonly SortedSet<Waiting>[] _waiting = [[], [], [], []];
    private long _askLow = long.MinValue;
    private long _askHigh = long.MaxValue;
    private long _bidLow = long.MinValue;
    private long _bidHigh = long.MaxValue;

    public bool IsQuiet(long bid, long ask) => ask > _askLow && ask < _askHigh && bid > _bidLow && bid < _bidHigh;

    public void Add(WatchFor what, long points, int account, int order)
    {
        _waiting[(int)what].Add(new Waiting(points, account, order));
        Edge(what);
    }

    public void Remove(WatchFor what, long points, int account, int order)
    {
        _waiting[(int)what].Remove(new Waiting(points, account, order));
        Edge(what);
    }

    /// <summary>Adds the accounts whose price has come; an account can be named more than once.</summary>
    public void Collect(long bid, long ask, List<int> touched)
    {
        if (ask <= _askLow) Upper(WatchFor.AskAtOrBelow, ask, touched);
        if (ask >= _askHigh) Lower(WatchFor.AskAtOrAbove, ask, touched);
        if (bid <= _bidLow) Upper(WatchFor.BidAtOrBelow, bid, touched);
        if (bid >= _bidHigh) Lower(WatchFor.BidAtOrAbove, bid, touched);
    }

    public void CollectAll(List<int> touched)
    {
        foreach (var set in _waiting)
            foreach (var waiting in set) touched.Add(waiting.Account);
    }

    /// <summary>Those who wait for a fall and are met, the highest price first.</summary>
    private void Upper(WatchFor what, long price, List<int> touched)
    {
        foreach (var waiting in _waiting[(int)what].Reverse())
        {
            if (waiting.Points < price) break;
            touched.Add(waiting.Account);
        }
    }

    private void Lower(WatchFor what, long price, List<int> touched)
    {
        foreach (var waiting in _waiting[(int)what])
        {
            if (waiting.Points > price) break;
            touched.Add(waiting.Account);
        }
    }

    private void Edge(WatchFor what)
    {
        var set = _waiting[(int)what];
        switch (what)
        {
            case WatchFor.AskAtOrBelow: _askLow = set.Count > 0 ? set.Max.Points : long.MinValue; break;
            case WatchFor.AskAtOrAbove: _askHigh = set.Count > 0 ? set.Min.Points : long.MaxValue; break;
            case WatchFor.BidAtOrBelow: _bidLow = set.Count > 0 ? set.Max.Points : long.MinValue; break;
            default: _bidHigh = set.Count > 0 ? set.Min.Points : long.MaxValue; break;
        }
    }

    private readonly record struct Waiting(long Points, int Account, int Order) : IComparable<Waiting>
    {
        public int CompareTo(Waiting other)
        {
            if (Points != other.Points) return Points.CompareTo(other.Points);
            return Account != other.Account ? Account.CompareTo(other.Account) : Order.CompareTo(other.Order);
        }
    }
}
