using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Quotes.Feeds.Live;

/// <summary>What a venue's connection tells the feed: it stands, something was heard, a quote came, something was missing or unreadable.</summary>
internal sealed class VenueTalk(IReadOnlyDictionary<string, VenueTalk.Wanted> symbols, LiveOptions options, TimeProvider clock, Action<FeedQuote> publish)
{
    private long _gaps;
    private long _malformed;
    private long _lastHeardTicks;

    /// <summary>What one of the venue's names is here.</summary>
    public sealed record Wanted(Instrument Instrument, bool IsReference);

    public LiveOptions Options => options;
    public TimeProvider Clock => clock;

    /// <summary>The venue's own names, in the order of the routes.</summary>
    public IReadOnlyList<string> Names { get; } = [.. symbols.Keys];

    public long Gaps => Volatile.Read(ref _gaps);
    public long Malformed => Volatile.Read(ref _malformed);
    public DateTimeOffset? LastHeardAt => Volatile.Read(ref _lastHeardTicks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Subscribed: quotes may come.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>A quote has come on this connection: it is worth trying again quickly when it breaks.</summary>
    public bool HasQuoted { get; private set; }

    public event Action? Changed;

    public void Begin() => (IsOpen, HasQuoted) = (false, false);

    public void Opened()
    {
        IsOpen = true;
        Heard();
        Changed?.Invoke();
    }

    public void Heard() => Volatile.Write(ref _lastHeardTicks, clock.GetUtcNow().UtcTicks);

    /// <summary>The source's numbers leapt: so many messages never came.</summary>
    public void Missing(long messages) => Interlocked.Add(ref _gaps, messages);

    public void Unreadable() => Interlocked.Increment(ref _malformed);

    /// <summary>A quote, whatever it is worth: the filter judges. A venue with finer prices than the engine's is rounded against the trader by less than a tenth of a point.</summary>
    /// <param name="at">The venue's time; null for now, in whole milliseconds, where the venue gives none.</param>
    public void Quote(string name, decimal bid, decimal ask, DateTimeOffset? at = null, long? sequence = null)
    {
        if (!symbols.TryGetValue(name, out var wanted))
        {
            Unreadable();
            return;
        }

        HasQuoted = true;
        var digits = wanted.Instrument.QuoteDigits;
        var now = clock.GetUtcNow();
        publish(new FeedQuote(
            new Quote(at ?? now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMillisecond)), wanted.Instrument.Symbol,
                new Price(Trimmed(decimal.Round(bid, digits, MidpointRounding.ToNegativeInfinity))), new Price(Trimmed(decimal.Round(ask, digits, MidpointRounding.ToPositiveInfinity)))),
            sequence, wanted.IsReference));
    }

    /// <summary>The routes of one venue, by its own names.</summary>
    public static IReadOnlyDictionary<string, Wanted> WantedOf(string venue, LiveOptions options) => options.Routes
        .SelectMany(route => (IEnumerable<(VenueSymbol? Place, string Symbol, bool IsReference)>)[(route.Primary, route.Symbol, false), (route.Reference, route.Symbol, true)])
        .Where(one => one.Place?.Venue == venue)
        .ToDictionary(one => one.Place!.Name, one => new Wanted(InstrumentCatalog.All.First(instrument => instrument.Symbol == one.Symbol), one.IsReference), StringComparer.Ordinal);

    /// <summary>Without trailing zeros: division by one with many zeros drops them.</summary>
    private static decimal Trimmed(decimal value) => value / 1.0000000000000000000000000000m;
}
