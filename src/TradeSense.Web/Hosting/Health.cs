using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Web.Hosting;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can serve, with each thing that takes by name. Both answer on any host, and tell strangers which
/// thing fails but no figure, version or address.
/// </summary>
/// <remarks>
/// The outbox and the feed are somebody's only where this process has their role. Where it serves pages too, they make it late and not unready:
/// pages, sign-in and the trading of other symbols go on without them, and no other process of the installation would do better.
/// </remarks>
internal static class Health
{
    private const string Ready = "ready";

    /// <summary>A check that says nothing for so long fails, so that a fault is told within five seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void AddHealth(this IServiceCollection services, ProcessRoles roles, HealthOptions options)
    {
        var alone = roles.Web ? HealthStatus.Degraded : HealthStatus.Unhealthy;
        var checks = services.AddSingleton(options).AddHealthChecks()
            .AddCheck<StartCheck>("start", tags: [Ready])
            .AddCheck<DatabaseCheck>("database", tags: [Ready])
            .AddCheck<SchemaCheck>("schema", tags: [Ready])
            .AddCheck<KeyRingCheck>("keys", tags: [Ready])
            .AddCheck<DiskCheck>("disk", tags: [Ready]);
        if (roles.Jobs) checks.AddCheck<OutboxCheck>("outbox", alone, [Ready]);
        if (roles.Engine) checks.AddCheck<FeedCheck>("feed", alone, [Ready]);
    }

    public static void UseHealth(this WebApplication app)
    {
        app.UseHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.UseHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = Write });
    }

    private static Task Write(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        var words = report.Status switch { HealthStatus.Healthy => "ready", HealthStatus.Degraded => "late", _ => "not ready" };
        var checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status is HealthStatus.Healthy ? "ok" : entry.Value.Exception is null ? entry.Value.Description ?? "failed" : "failed");
        return context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new { status = words, checks }), context.RequestAborted).AsTask();
    }

    private sealed class StartCheck(StartState start, TenantDirectory tenants) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(start.IsDone && tenants.All.Count > 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("still starting"));
    }
}

/// <param name="Folder">Where what is made while running goes; its disk must not fill up.</param>
/// <param name="LeastFreeMegabytes">With less free there the process asks for no more traffic.</param>
internal sealed record HealthOptions(string Folder, long LeastFreeMegabytes)
{
    public static HealthOptions Read(Func<string, string?> setting) => new(
        setting("TRADESENSE_DATA") is { Length: > 0 } folder && Directory.Exists(folder) ? folder : Path.GetTempPath(),
        long.TryParse(setting("TRADESENSE_DISK_RESERVE"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var megabytes) ? megabytes : 256);
}
