using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using TradeSense.Modules.Database;
using TradeSense.Modules.Jobs;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Web;

/// <summary>Log lines of work that no request waits for say whose it is and what began it.</summary>
public sealed class LogsTests
{
    [Fact]
    public async Task Lines_of_a_job_and_of_the_outbox_handler_it_calls_for_carry_the_tenant_and_one_trace_id()
    {
        var lines = new Lines();
        await using var site = await Site.Start(TimeProvider.System, builder => builder.ConfigureTestServices(services => services
            .AddTenantJob<PromiseJob>(new JobSchedule.Cron("0 0 0 1 1 ? 2099")).AddScoped<IOutboxHandler, Handler>()
            .AddLogging(logging => logging.AddProvider(new SerilogLoggerProvider(new LoggerConfiguration().Enrich.FromLogContext().WriteTo.Sink(lines).CreateLogger(), dispose: true)))));
        await using var firm = await TestFirm.Create(site);

        await site.Services.GetRequiredService<TenantJobs>().Run<PromiseJob>(firm.Tenant, TestContext.Current.CancellationToken);
        for (var tries = 0; tries < 300 && lines.Find("handled") is null; tries++) await Task.Delay(100, TestContext.Current.CancellationToken);

        var (job, handler) = (lines.Find("promised")!, lines.Find("handled")!);
        Assert.Equal((firm.Tenant.Slug, firm.Tenant.Slug), (Text(job, "Tenant"), Text(handler, "Tenant")));
        Assert.Matches("^[0-9a-f]{32}$", Text(job, "TraceId"));
        Assert.Equal(Text(job, "TraceId"), Text(handler, "TraceId"));
    }

    [Fact]
    public async Task A_message_promised_by_a_request_is_handled_and_fails_under_the_requests_trace_id()
    {
        var lines = new Lines();
        await using var site = await Site.Start(TimeProvider.System, builder => builder.ConfigureTestServices(services => services.AddScoped<IOutboxHandler, Failing>()
            .AddLogging(logging => logging.AddProvider(new SerilogLoggerProvider(new LoggerConfiguration().WriteTo.Sink(lines).CreateLogger(), dispose: true)))));
        await using var firm = await TestFirm.Create(site);
        string trace;
        using (var request = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start())
        {
            trace = request.TraceId.ToHexString();
            await firm.Run(services =>
            {
                services.GetRequiredService<Outbox>().Add(Failing.MessageKind, "1", 1);
                return Task.FromResult(true);
            });
        }

        for (var tries = 0; tries < 300 && lines.Find("will be tried again") is null; tries++) await Task.Delay(100, TestContext.Current.CancellationToken);

        Assert.Equal((firm.Tenant.Slug, trace), (Text(lines.Find("will be tried again")!, "Tenant"), Text(lines.Find("will be tried again")!, "TraceId")));
    }

    private static string Text(LogEvent line, string property) => (string)((ScalarValue)line.Properties[property]).Value!;

    private sealed class Lines : ILogEventSink
    {
        private readonly ConcurrentQueue<LogEvent> _all = [];

        public LogEvent? Find(string words) => _all.FirstOrDefault(line => line.RenderMessage(System.Globalization.CultureInfo.InvariantCulture).Contains(words, StringComparison.Ordinal));

        public void Emit(LogEvent logEvent) => _all.Enqueue(logEvent);
    }

    private sealed class PromiseJob(Outbox outbox, ILogger<PromiseJob> log) : ITenantJob
    {
        public Task Run(CancellationToken ct)
        {
            outbox.Add(Handler.MessageKind, "1", 1);
            log.LogError("A job promised something");
            return Task.CompletedTask;
        }
    }

    private sealed class Handler(ILogger<Handler> log) : IOutboxHandler
    {
        public const string MessageKind = "test.promised";

        public string Kind => MessageKind;

        public Task Handle(OutboxMessage message, CancellationToken ct)
        {
            log.LogError("It was handled");
            return Task.CompletedTask;
        }
    }

    private sealed class Failing : IOutboxHandler
    {
        public const string MessageKind = "test.failing";

        public string Kind => MessageKind;

        public Task Handle(OutboxMessage message, CancellationToken ct) => throw new InvalidOperationException("The other side says no.");
    }
}
