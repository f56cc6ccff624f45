namespace TradeSense.Engine.Book;

/// <summary>The lowest and highest bid and ask since any quote of the past, without looking at a position while quotes come.</summary>
/// <remarks>
/// Each of the four keeps only quotes that no later one has beaten: of lows the values rise towards now, so the first kept quote at or after
/// some quote is the lowest since then. A new quote removes those it beats, which each quote is but once. What is kept is at most one quote
/// for each price between the extremes.
/// </remarks>
internal sealed class Extremes
{
    private readonly Unbeaten _bidLows = new(-1);
    private readonly Unbeaten _bidHighs = new(1);
    private readonly Unbeaten _askLows = new(-1);
    private readonly Unbeaten _askHighs = new(1);

    /// <summary>The number of the latest quote; the first is 1.</summary>
    public long Count { get; private set; }

    public void Take(long bid, long ask)
    {
        Count++;
        _bidLows.Push(Count, bid);
        _bidHighs.Push(Count, bid);
        _askLows.Push(Count, ask);
        _askHighs.Push(Count, ask);
    }

    public (long Low, long High) BidsSince(long quote) => (_bidLows.Since(quote), _bidHighs.Since(quote));

    public (long Low, long High) AsksSince(long quote) => (_askLows.Since(quote), _askHighs.Since(quote));

    private sealed class Unbeaten(int sign)
    {
        private (long Quote, long Points)[] _kept = new (long, long)[64];
        private int _count;

        public void Push(long quote, long points)
        {
            while (_count > 0 && (points - _kept[_count - 1].Points) * sign >= 0) _count--;
            if (_count == _kept.Length) Array.Resize(ref _kept, _count * 2);
            _kept[_count++] = (quote, points);
        }

        public long Since(long quote)
        {
            var (low, high) = (0, _count - 1);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (_kept[middle].Quote >= quote) high = middle;
                else low = middle + 1;
            }

            return _kept[low].Points;
        }
    }
}
