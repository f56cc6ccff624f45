using System.Diagnostics;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Web.Hosting;

/// <summary>Structured logs by Serilog: JSON lines where machines read them, short lines in development. Each carries the tenant and the trace id, those of jobs and outbox handlers too.</summary>
internal static class Logs
{
    public static void AddLogs(this WebApplicationBuilder builder)
    {
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            // It warns that keys are stored in plain; ours are sealed by their repository (ProtectionKeys).
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            // Whoever asks for readiness reads it; what makes it fail is logged where it happens.
            .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LogEventLevel.Fatal)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
            .Enrich.FromLogContext();
        configuration = builder.Environment.IsDevelopment()
            ? configuration.WriteTo.Console(formatProvider: System.Globalization.CultureInfo.InvariantCulture, outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Tenant} {TraceId} {Message:lj}{NewLine}{Exception}")
            : configuration.WriteTo.Console(new JsonFormatter(renderMessage: true));

        builder.Logging.ClearProviders().AddSerilog(configuration.CreateLogger(), dispose: true);
    }

    /// <summary>One line a request: method, path, status, milliseconds. Paths only: queries can hold personal data. What succeeded and is journalled has its entry there.</summary>
    public static void UseRequestLog(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Requests");
        app.Use(async (context, next) =>
        {
            var started = Stopwatch.GetTimestamp();
            var traceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
            using var trace = Serilog.Context.LogContext.PushProperty("TraceId", traceId);
            await next(context);
            if (!IsTold(context)) return;

            var tenant = context.RequestServices.GetRequiredService<CurrentTenant>();
            using var brand = Serilog.Context.LogContext.PushProperty("Tenant", tenant.IsSet ? tenant.Value.Slug : "-");
            log.LogInformation("{Method} {Path} {Status} {Milliseconds:0.0} ms", context.Request.Method, context.Request.Path.Value, context.Response.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        });
    }

    private static bool IsTold(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/lib")
        && (context.Response.StatusCode >= StatusCodes.Status400BadRequest || context.GetEndpoint()?.Metadata.GetMetadata<JournalledAttribute>() is null);
}

/// <summary>Each request that succeeds here is an entry of an account's journal, with its time and its sender's id; the log tells the others.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JournalledAttribute : Attribute;
