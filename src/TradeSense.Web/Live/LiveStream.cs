using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Security;

namespace TradeSense.Web.Live;

/// <summary>A page's one stream of server-sent events. The page says what to watch and what to render; this class does the rest: at most four
/// messages a second (changes in between are one message), heartbeats, a last "gone" when the session was revoked, and a quiet end.</summary>
/// <remarks>
/// The page's handler, its services and its transaction are over when the stream runs: <c>render</c> reads the engine's in-memory views, or opens a <c>TenantScope</c> for the
/// database, and holds on to nothing of the request. A stream lives for hours: whatever it keeps is kept thousands of times.
/// Messages carry the nonce of this response; the first event tells it to <c>live.js</c>, which exchanges it for the page's own before htmx sees the markup.
/// </remarks>
public sealed class LiveStream(Func<Action, IDisposable> subscribe, Func<LiveFrame, CancellationToken, Task> render) : IActionResult
{
    /// <summary>The least time between two messages, where it is not the application's.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>For what changes all the time: look again this often, instead of being told of each change.</summary>
    public static Func<Action, IDisposable> Every(TimeSpan look) => changed => LiveBeat.Every(look, changed);

    /// <summary>The stream begins when the page has given back all it borrowed: see <see cref="LiveStreams"/>.</summary>
    public Task ExecuteResultAsync(ActionContext context)
    {
        // Not the page's own context: that one holds the page, its model and everything they were made with.
        context.HttpContext.Features.Set(new LiveStreams.Waiting(this, new ActionContext(context.HttpContext, context.RouteData, context.ActionDescriptor)));
        return Task.CompletedTask;
    }

    internal async Task Run(ActionContext context)
    {
        var http = context.HttpContext;
        var options = http.RequestServices.GetRequiredService<IOptions<LiveOptions>>().Value;
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        Open(http);

        try
        {
            await Send(http, $"event: nonce\ndata: {CspNonce.Of(http)}\n\n", end.Token);
            var renderer = new PartialRenderer(context, await LetGo(http));
            var signal = new LiveSignal(end.Token);
            using var subscription = subscribe(signal.Change);
            await Pump(http, new LiveFrame(renderer), options, signal, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The browser left or the application stops: both are how a stream ends.
        }
    }

    private async Task Pump(HttpContext http, LiveFrame frame, LiveOptions options, LiveSignal signal, CancellationToken ct)
    {
        var interval = Interval ?? options.Interval;
        long lastSent = Stopwatch.GetTimestamp(), lastCheck = lastSent, lastLook = 0;
        using var beat = LiveBeat.Every(new[] { interval, options.SessionCheck, options.Heartbeat }.Min(), signal.Wake);
        signal.Change(); // What the page showed when it was rendered may already be old.

        while (true)
        {
            await signal.Next();
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

    /// <summary>Gives the request's services back while the response goes on; what is asked of them from now on comes from a scope that knows the tenant and nothing else.</summary>
    private static async Task<IServiceScopeFactory> LetGo(HttpContext http)
    {
        var (scopes, tenant) = (http.RequestServices.GetRequiredService<IServiceScopeFactory>(), http.RequestServices.GetRequiredService<CurrentTenant>());
        if (http.Features.Get<IServiceProvidersFeature>() is IAsyncDisposable request) await request.DisposeAsync();

        var own = scopes.CreateAsyncScope();
        http.Response.RegisterForDisposeAsync(own);
        if (tenant.IsSet) own.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant.Value);
        http.RequestServices = own.ServiceProvider;
        CspNonce.KeepAlone(http);
        return scopes;
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
