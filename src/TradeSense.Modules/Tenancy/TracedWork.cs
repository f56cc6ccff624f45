using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace TradeSense.Modules.Tenancy;

/// <summary>Work of one tenant as its log lines tell it: each carries the tenant and a trace id, the caller's where there is one.</summary>
internal sealed class TracedWork : IDisposable
{
    private readonly Activity? _own;
    private readonly IDisposable? _lines;

    private TracedWork(Activity? own, string traceId, IDisposable? lines) => (_own, TraceId, _lines) = (own, traceId, lines);

    public string TraceId { get; }

    /// <param name="traceId">Of the request or job that called for this work; null goes on with what runs now, or begins a trace.</param>
    public static TracedWork Begin(ILogger log, Tenant tenant, string name, string? traceId = null)
    {
        var own = traceId is null && Activity.Current is not null ? null : new Activity(name).SetIdFormat(ActivityIdFormat.W3C);
        if (traceId is not null) own!.SetParentId(ActivityTraceId.CreateFromString(traceId), ActivitySpanId.CreateRandom());
        own?.Start();
        var trace = Activity.Current!.TraceId.ToHexString();
        return new TracedWork(own, trace, log.BeginScope(new Dictionary<string, object> { ["Tenant"] = tenant.Slug, ["TraceId"] = trace }));
    }

    public void Dispose()
    {
        _lines?.Dispose();
        _own?.Dispose();
    }
}
