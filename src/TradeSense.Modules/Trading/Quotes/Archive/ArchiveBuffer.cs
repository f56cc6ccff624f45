using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes.Bars;

namespace TradeSense.Modules.Trading.Quotes.Archive;

/// <summary>What has been accepted since the last write. The pipeline adds, the writer takes; a taken batch has quotes and bars of the same instant.</summary>
internal sealed class ArchiveBuffer(LiveBars bars)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, OpenMinute> _open = new(StringComparer.Ordinal);
    private readonly List<QuoteMinute> _finished = [];
    private readonly List<Bar> _closed = [];
    private int _pending;

    /// <summary>Quotes not yet taken.</summary>
    public int Pending => Volatile.Read(ref _pending);

    public void Add(in Quote quote)
    {
        lock (_gate)
        {
            bars.Add(quote, _closed);
            var minute = BarPeriod.M1.OpenOf(quote.At);
            if (!_open.TryGetValue(quote.Symbol, out var open)) _open[quote.Symbol] = open = new OpenMinute { Minute = minute };
            if (open.Minute != minute) Finish(open, minute);
            open.Quotes.Add(quote);
            open.Last = quote;
            open.IsDirty = true;
            _pending++;
        }
    }

    /// <summary>Goes on with a minute an earlier run had written in part, so that it is written whole.</summary>
    public void Restore(QuoteMinute minute)
    {
        lock (_gate) _open[minute.Symbol] = new OpenMinute { Minute = minute.Minute, Quotes = [.. minute.Quotes], Last = minute.Quotes[^1] };
    }

    public ArchiveBatch Take()
    {
        lock (_gate)
        {
            var dirty = _open.Values.Where(open => open.IsDirty).ToArray();
            QuoteMinute[] minutes = [.. _finished, .. dirty.Select(open => open.Copy())];
            Bar[] touched = [.. _closed.Where(bar => bar.Period >= BarPeriod.M1), .. dirty.SelectMany(open => Forming(open.Last.Symbol))];
            var batch = new ArchiveBatch(minutes, touched, [.. dirty.Select(open => open.Last)]);

            _finished.Clear();
            _closed.Clear();
            foreach (var open in dirty) open.IsDirty = false;
            _pending = 0;
            return batch;
        }
    }

    private void Finish(OpenMinute open, DateTimeOffset next)
    {
        if (open.IsDirty) _finished.Add(open.Copy());
        open.Quotes.Clear();
        open.Minute = next;
    }

    private IEnumerable<Bar> Forming(string symbol) => BarPeriods.Stored.Select(period => bars.Forming(symbol, period)).OfType<Bar>();

    private sealed class OpenMinute
    {
        public DateTimeOffset Minute;
        public List<Quote> Quotes = [];
        public Quote Last;
        public bool IsDirty;

        public QuoteMinute Copy() => new(Last.Symbol, Minute, [.. Quotes]);
    }
}

/// <summary>The quotes of one symbol accepted in one minute, in order; never empty.</summary>
internal sealed record QuoteMinute(string Symbol, DateTimeOffset Minute, Quote[] Quotes);

/// <summary>What one write holds: whole minutes so far, finished and forming bars, the last quote of each symbol touched, and the counts that are new.</summary>
internal sealed record ArchiveBatch(IReadOnlyList<QuoteMinute> Minutes, IReadOnlyList<Bar> Bars, IReadOnlyList<Quote> LastQuotes)
{
    public IReadOnlyList<QuoteOutcome> Outcomes { get; init; } = [];

    public bool IsEmpty => Minutes.Count == 0 && Outcomes.Count == 0;
}

/// <summary>How many quotes of a symbol were accepted or refused for one reason within an hour.</summary>
internal sealed record QuoteOutcome(string Symbol, DateTimeOffset Hour, string Outcome, long Quotes);
