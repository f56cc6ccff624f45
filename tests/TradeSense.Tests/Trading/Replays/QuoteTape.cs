using TradeSense.Engine.Values;

namespace TradeSense.Tests.Trading.Replays;

/// <summary>The stored quotes of the day in the order in which they were taken, searchable by time.</summary>
internal sealed class QuoteTape
{
    private readonly DateTimeOffset[] _times;
    private readonly Dictionary<string, int[]> _indexes;

    public QuoteTape(IReadOnlyList<Quote> quotes)
    {
        Quotes = quotes;
        _times = [.. quotes.Select(quote => quote.At)];
        _indexes = quotes.Select((quote, index) => (quote.Symbol, index)).GroupBy(one => one.Symbol).ToDictionary(group => group.Key, group => group.Select(one => one.index).ToArray());
    }

    public IReadOnlyList<Quote> Quotes { get; }

    /// <summary>Index of the first quote at or after an instant.</summary>
    public int FirstAt(DateTimeOffset at) => Bound(at, inclusive: false);

    /// <summary>Index behind the last quote at or before an instant.</summary>
    public int EndAt(DateTimeOffset at) => Bound(at, inclusive: true);

    /// <summary>The symbol's last quote before an index; null when there was none.</summary>
    public Quote? Before(string symbol, int index)
    {
        var indexes = _indexes[symbol];
        var place = Array.BinarySearch(indexes, index);
        place = place >= 0 ? place - 1 : ~place - 1;
        return place < 0 ? null : Quotes[indexes[place]];
    }

    /// <summary>What could have been the symbol's current quote at an instant: the one before it and those of the instant itself.</summary>
    public IEnumerable<Quote> CurrentAt(string symbol, DateTimeOffset at)
    {
        var (from, to) = (FirstAt(at), EndAt(at));
        if (Before(symbol, from) is { } earlier) yield return earlier;
        for (var i = from; i < to; i++)
            if (Quotes[i].Symbol == symbol) yield return Quotes[i];
    }

    private int Bound(DateTimeOffset at, bool inclusive)
    {
        var (low, high) = (0, _times.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_times[middle] < at || (inclusive && _times[middle] == at)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
