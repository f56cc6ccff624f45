using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TradeSense.Web.Security;

namespace TradeSense.Web.Live;

/// <summary>A page's one stream of server-sent events. The page says what to watch and what to render; this class does the rest: at most four
/// messages a second (changes in between are one message), heartbeats, a last "gone" when the session was revoked, and a quiet end.</summary>
/// <remarks>
/// The page's transaction is over when the stream runs: <c>render</c> reads the engine's in-memory views, or opens a <c>TenantScope</c> for the database.
/// Messages carry the nonce of this response; the first event tells it to <c>live.js</c>, which exchanges it for the page's own before htmx sees the markup.
/// </remarks>
public sealed class LiveStream(Func<Action, IDisposable> subscribe, Func<LiveFrame, CancellationToken, Task> render) : IActionResult
{
    /// <summary>The least time between two messages, where it is not the application's.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>For what changes all the time: look again this often, instead of being told of each change.</summary>
    public static Func<Action, IDisposable> Every(TimeSpan look) => changed => LiveBeat.Every(look, changed);

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        var options = services.GetRequiredService<IOptions<LiveOptions>>().Value;
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);

        var signal = new Signal();
        using var subscription = subscribe(signal.Change);
        Open(http);

        try
        {
            await Send(http, $"event: nonce\ndata: {CspNonce.Of(http)}\n\n", end.Token);
            await Pump(context, options, signal, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The browser left or the application stops: both are how a stream ends.
        }
    }

    private async Task Pump(ActionContext context, LiveOptions options, Signal signal, CancellationToken ct)
    {
        var http = context.HttpContext;
        var (renderer, sent, interval) = (PartialRenderer.Of(context), new Dictionary<string, string>(), Interval ?? options.Interval);
        long lastSent = Stopwatch.GetTimestamp(), lastCheck = lastSent, lastLook = 0;
        using var beat = LiveBeat.Every(new[] { interval, options.SessionCheck, options.Heartbeat }.Min(), signal.Wake);
        signal.Change(); // What the page showed when it was rendered may already be old.

        while (await signal.Next(ct))
        {
            if (Stopwatch.GetElapsedTime(lastCheck) >= options.SessionCheck)
            {
                if (http.User.Identity?.IsAuthenticated == true && !await options.StillSignedIn(http, ct))
                {
                    await Send(http, "event: gone\ndata: session\n\n", ct);
                    return;
                }
                lastCheck = Stopwatch.GetTimestamp();
            }

            // Beats come a little early or late: three quarters of the interval are as good as all of it.
            if ((lastLook == 0 || Stopwatch.GetElapsedTime(lastLook) >= interval * 0.75) && signal.TakeChange())
            {
                lastLook = Stopwatch.GetTimestamp();
                var frame = new LiveFrame(renderer, sent);
                await render(frame, ct);
                if (frame.IsEmpty) continue;

                await frame.WriteTo(http.Response.BodyWriter, ct);
                lastSent = Stopwatch.GetTimestamp();
            }
            else if (Stopwatch.GetElapsedTime(lastSent) >= options.Heartbeat)
            {
                await Send(http, ": still here\n\n", ct);
                lastSent = Stopwatch.GetTimestamp();
            }
        }
    }

    /// <summary>Wakes the stream at each beat and at each change; changes between two looks are one.</summary>
    private sealed class Signal
    {
        private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
        private int _isChanged;

        public void Change()
        {
            Volatile.Write(ref _isChanged, 1);
            Wake();
        }

        public void Wake() => _wake.Writer.TryWrite(true);

        public ValueTask<bool> Next(CancellationToken ct) => _wake.Reader.ReadAsync(ct);

        public bool TakeChange() => Interlocked.Exchange(ref _isChanged, 0) == 1;
    }

    private static void Open(HttpContext http)
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
    }

    private static async Task Send(HttpContext http, string text, CancellationToken ct)
    {
        await http.Response.WriteAsync(text, ct);
        await http.Response.Body.FlushAsync(ct);
    }
}
