using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TradeSense.Modules.Database;
using TradeSense.Postgres;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Database;

public sealed class OutageTests
{
    private static readonly string Nowhere = $"Host=127.0.0.1;Port={PostgresProcess.FreePort()};Username=nobody;Timeout=2";

    [Fact]
    public async Task A_database_that_is_away_is_known_as_such_behind_what_EF_makes_of_it()
    {
        await using var source = NpgsqlDataSource.Create(Nowhere);
        await using var db = new DbContext(new DbContextOptionsBuilder().UseNpgsql(source).Options);

        var error = await Assert.ThrowsAnyAsync<Exception>(() => db.Database.SqlQuery<int>($"select 1 as \"Value\"").ToListAsync(TestContext.Current.CancellationToken));

        Assert.IsNotType<NpgsqlException>(error);
        Assert.NotNull(error.Absence());
        Assert.Null(new InvalidOperationException("a bug").FromDatabase());
    }

    [Fact]
    public async Task Work_waits_for_the_database_and_a_refused_statement_is_not_waited_for()
    {
        var tries = 0;
        await NullLogger.Instance.Outlast(_ => ++tries < 2 ? throw new InvalidOperationException("wrapped", new NpgsqlException("away")) : Task.CompletedTask, TestContext.Current.CancellationToken);
        Assert.Equal(2, tries);

        await Assert.ThrowsAsync<PostgresException>(() => NullLogger.Instance.Outlast(
            _ => throw new PostgresException("no such table", "ERROR", "ERROR", PostgresErrorCodes.UndefinedTable), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_message_whose_handler_runs_out_of_time_is_noted_and_the_others_go_on()
    {
        await using var site = await Site.Start(TimeProvider.System, builder => Microsoft.AspNetCore.TestHost.WebHostBuilderExtensions.ConfigureTestServices(
            builder, services => services.TryAddEnumerable(ServiceDescriptor.Scoped<IOutboxHandler, RunsOutOfTime>())));
        await using var firm = await TestFirm.Create(site);
        await firm.Run(services =>
        {
            services.GetRequiredService<Outbox>().Add(RunsOutOfTime.MessageKind, "1", "late");
            services.GetRequiredService<Outbox>().Add("test.other", "1", "prompt");
            return Task.FromResult(true);
        });

        for (var tries = 0; tries < 300 && (await Noted(site, firm)) is not [[not 0, _], [_, not null]]; tries++) await Task.Delay(100, TestContext.Current.CancellationToken);

        var rows = await Noted(site, firm);
        Assert.NotEqual(0, rows[0][0]);
        Assert.NotNull(rows[1][1]);
    }

    private static Task<IReadOnlyList<object?[]>> Noted(Site site, TestFirm firm) =>
        site.Audit("select attempts, done_at from outbox_messages where tenant_id = $1 and kind like 'test.%' order by kind desc", firm.Tenant.Id);

    private sealed class RunsOutOfTime : IOutboxHandler
    {
        public const string MessageKind = "test.runs_out_of_time";

        public string Kind => MessageKind;

        public Task Handle(OutboxMessage message, CancellationToken ct) => throw new TaskCanceledException("The other side did not answer in time.");
    }
}
