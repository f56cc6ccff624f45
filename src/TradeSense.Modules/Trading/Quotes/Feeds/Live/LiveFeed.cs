using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace TradeSense.Modules.Trading.Quotes.Feeds.Live;

/// <summary>Several venues as one feed: each symbol from its primary, and beside it the quotes of its reference. Venues come and go on their own.</summary>
public sealed class LiveFeed : IQuoteFeed
{
    private readonly LiveOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly FeedPulse _pulse;
    private readonly IReadOnlyList<IVenue> _venues;
    private volatile IReadOnlyList<VenueLine> _lines = [];
    private long _skipped;

    internal LiveFeed(LiveOptions options, IReadOnlyList<IVenue> venues, TimeProvider clock, ILogger log)
    {
        (_options, _venues, _clock, _log) = (options, venues, clock, log);
        _pulse = new FeedPulse(clock);
        Symbols = [.. options.Routes.Select(route => route.Symbol)];
    }

    public string Name => string.Join(" and ", _venues.Select(venue => venue.Name));
    public DateTimeOffset Now => _clock.GetUtcNow();
    public FeedHealth Health => _pulse.Health;
    public IReadOnlyList<FeedLine> Lines => [.. _lines.Select(line => line.Line)];
    public IReadOnlyCollection<string> Symbols { get; }

    /// <summary>What was missed while nobody listened stays missed.</summary>
    public void ResumeAfter(DateTimeOffset last) { }

    public ValueTask<FeedOpening> Opening(CancellationToken ct) => ValueTask.FromResult(new FeedOpening(Now, new Dictionary<string, Engine.Values.Quote>()));

    public async IAsyncEnumerable<FeedQuote> Read([EnumeratorCancellation] CancellationToken ct)
    {
        // A slow reader gets the newest: a quote that waited would be taken for one of now, and the sockets would fill behind it.
        var quotes = Channel.CreateBounded<FeedQuote>(
            new BoundedChannelOptions(_options.Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => Interlocked.Increment(ref _skipped));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _lines = [.. _venues.Select(venue => new VenueLine(
            venue, new VenueTalk(VenueTalk.WantedOf(venue.Name, _options), _options, _clock, quote => quotes.Writer.TryWrite(quote)), () => Volatile.Read(ref _skipped), _log))];
        var running = _lines.Select(line => Task.Run(() => line.Run(stop.Token), CancellationToken.None)).ToArray();
        try
        {
            await foreach (var quote in quotes.Reader.ReadAllAsync(ct))
            {
                if (!quote.IsReference) _pulse.Beat(quote.Quote);
                yield return quote;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(running);
        }
    }
}
