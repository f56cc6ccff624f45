using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;

namespace TradeSense.Modules.Trading.Quotes.Feeds.Live;

/// <summary>Keeps one venue connected: talks until it ends, waits, talks again. Waits double from one to the next and are shortened by chance, so that many lines do not return together.</summary>
internal sealed class VenueLine(IVenue venue, VenueTalk talk, Func<long> skipped, ILogger log)
{
    private volatile Standing _standing = new(FeedLineState.Connecting, talk.Clock.GetUtcNow(), null);
    private long _connections;

    public FeedLine Line => new(
        venue.Name, _standing.State, _standing.Since, talk.LastHeardAt, Math.Max(0, Volatile.Read(ref _connections) - 1), talk.Gaps, talk.Malformed, skipped(), _standing.Note);

    public async Task Run(CancellationToken ct)
    {
        talk.Changed += Open;
        try
        {
            for (var attempt = 0; !ct.IsCancellationRequested;)
            {
                var fault = await Talk(ct);
                if (ct.IsCancellationRequested) break;

                attempt = talk.HasQuoted ? 0 : attempt + 1;
                await Task.Delay(WaitAfter(fault, attempt), talk.Clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            talk.Changed -= Open;
        }
    }

    /// <returns>What ended the connection; null when it was planned.</returns>
    private async Task<VenueException?> Talk(CancellationToken ct)
    {
        Enter(FeedLineState.Connecting, _standing.Note);
        talk.Begin();
        Interlocked.Increment(ref _connections);
        try
        {
            await venue.Talk(talk, ct);
            Enter(FeedLineState.Waiting, "ended as planned");
            return null;
        }
        catch (VenueException error)
        {
            return Ended(error);
        }
        catch (Exception error) when (error is WebSocketException or SocketException or IOException or AuthenticationException)
        {
            return Ended(new VenueException(VenueFault.Lost, error.Message, cause: error));
        }
        catch (OperationCanceledException error) when (!ct.IsCancellationRequested)
        {
            return Ended(new VenueException(VenueFault.Silent, "no answer in time", cause: error));
        }
        catch (OperationCanceledException)
        {
            // The feed stops.
            return null;
        }
    }

    private VenueException Ended(VenueException error)
    {
        log.LogWarning("The feed {Venue} ended, {Fault}: {Reason}", venue.Name, error.Fault, error.Message);
        Enter(error.Fault == VenueFault.Refused ? FeedLineState.Refused : FeedLineState.Waiting, error.Message);
        return error;
    }

    private TimeSpan WaitAfter(VenueException? error, int attempt)
    {
        var options = talk.Options;
        var longest = error switch
        {
            null => options.FirstWait,
            { Fault: VenueFault.Refused } => options.RefusedWait,
            { Fault: VenueFault.RateLimited, RetryAfter: { } told } => told * 2,
            { Fault: VenueFault.RateLimited } => options.LongestWait * 2,
            _ => TimeSpan.FromTicks(Math.Min(options.LongestWait.Ticks, options.FirstWait.Ticks << Math.Min(attempt, 20))),
        };
        return longest * (0.5 + (Random.Shared.NextDouble() / 2));
    }

    private void Open() => Enter(FeedLineState.Live, _standing.Note);

    private void Enter(FeedLineState state, string? note) => _standing = new Standing(state, talk.Clock.GetUtcNow(), note);

    private sealed record Standing(FeedLineState State, DateTimeOffset Since, string? Note);
}
