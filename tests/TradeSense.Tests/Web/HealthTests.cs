using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Npgsql;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Web;

/// <summary>What the addresses for watchers say while something is missing.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task A_database_that_stops_answering_is_told_within_five_seconds_and_the_process_stays_alive()
    {
        Doorway? way = null;
        await using var site = await Site.Start(TimeProvider.System, builder =>
        {
            var direct = new NpgsqlConnectionStringBuilder(builder.GetSetting("TRADESENSE_APP_DATABASE"));
            way = new Doorway(direct.Host!, direct.Port);
            builder.UseSetting("TRADESENSE_APP_DATABASE", new NpgsqlConnectionStringBuilder(direct.ConnectionString) { Host = "127.0.0.1", Port = way.Port }.ConnectionString);
        });
        await using var firm = await TestFirm.Create(site);
        await Until(firm, answer => answer.Status is HttpStatusCode.OK);

        way!.Shut();
        var asked = Stopwatch.StartNew();
        var (status, checks, _) = await Ask(firm);
        asked.Stop();
        var alive = await firm.Client().Get("/health/live");
        way.Open();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("gave no answer in time", checks["database"]);
        // Two seconds by design; the rest is for a machine with other things to do.
        Assert.True(asked.Elapsed < TimeSpan.FromSeconds(30), $"It took {asked.Elapsed}.");
        Assert.Equal("Healthy", alive.Ok().Source);
        await Until(firm, answer => answer.Status is HttpStatusCode.OK);
        await way.DisposeAsync();
    }

    [Fact]
    public async Task A_schema_older_than_the_program_and_a_full_disk_are_named_without_figures()
    {
        await using var site = await Site.Start(TimeProvider.System, builder => builder.UseSetting("TRADESENSE_DISK_RESERVE", "999999999"));
        await using var firm = await TestFirm.Create(site);
        await Do(site, "delete from schema_migrations where name = (select max(name) from schema_migrations)");

        var (status, checks, text) = await Until(firm, answer => answer.Checks["schema"] == "the schema is older than the program: run migrate" && answer.Checks["disk"] == "the disk is nearly full");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal(["start", "database", "schema", "keys", "disk", "outbox", "feed"], checks.Keys);
        Assert.DoesNotMatch(@"\d", text);
        Assert.Equal("Healthy", (await firm.Client().Get("/health/live")).Ok().Source);
    }

    [Fact]
    public async Task A_newer_schema_is_fine_and_an_outbox_nobody_empties_makes_pages_late_but_goes_on()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        // Without jobs: the hour that passes would run those of every minute.
        await using var site = await Site.Start(clock, builder => builder.UseSetting("Jobs:Enabled", "false"));
        await using var firm = await TestFirm.Create(site);
        await Do(site, "insert into schema_migrations (name, sha256) values ('9999_next.sql', 'x')");
        await Do(site, $"insert into outbox_messages (tenant_id, id, kind, key, payload, created_at, due_at) values ('{firm.Tenant.Id}', gen_random_uuid(), 'test.later', '1', '1', '2026-03-02 12:00Z', '2026-03-02 13:00Z')");
        await using var owner = NpgsqlDataSource.Create(site.Database.Options.Owner);
        await using var connection = await owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var hold = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var take = new NpgsqlCommand("select from outbox_messages where kind = 'test.later' for update", connection)) await take.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromHours(1));
        await Until(firm, answer => answer.Checks["outbox"] == "ok");
        clock.Advance(TimeSpan.FromMinutes(11));
        var (_, _, text) = await Until(firm, answer => answer.Status is HttpStatusCode.OK && answer.Checks["schema"] == "ok" && answer.Checks["outbox"] == "messages have been waiting for more than ten minutes");
        await hold.RollbackAsync(TestContext.Current.CancellationToken);

        Assert.Contains("\"late\"", text, StringComparison.Ordinal);
    }

    /// <summary>A machine with other things to do gives a check less than its two seconds: it is asked again.</summary>
    private static async Task<(HttpStatusCode Status, IReadOnlyDictionary<string, string> Checks, string Text)> Until(
        TestFirm firm, Func<(HttpStatusCode Status, IReadOnlyDictionary<string, string> Checks, string Text), bool> holds)
    {
        for (var tries = 0; ; tries++)
        {
            var answer = await Ask(firm);
            if (holds(answer)) return answer;
            Assert.True(tries < 100, answer.Text);
            await Task.Delay(300, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<(HttpStatusCode Status, IReadOnlyDictionary<string, string> Checks, string Text)> Ask(TestFirm firm)
    {
        var page = await firm.Client().Get("/health/ready");
        using var json = JsonDocument.Parse(page.Source);
        return (page.Status, json.RootElement.GetProperty("checks").EnumerateObject().ToDictionary(check => check.Name, check => check.Value.GetString()!), page.Source);
    }

    private static async Task Do(Site site, string sql)
    {
        await using var owner = NpgsqlDataSource.Create(site.Database.Options.Owner);
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
