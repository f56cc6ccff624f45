using System.Diagnostics;
using System.Security.Cryptography;
using TradeSense.Benchmarks.Ground;
using TradeSense.Benchmarks.Measuring;
using TradeSense.Web.Hosting;

namespace TradeSense.Benchmarks;

/// <summary>P6: the page of a trader's account, signed in, over 64 connections, from a server process that does everything else it does too: feed, engine, jobs. P12 on the same ground.</summary>
internal static class PageBench
{
    private const string Brand = "meridian", Host = "meridian.localhost";

    public static async Task Measure(PrivatePostgres server, ResultTable table, BenchOptions options, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        await using var database = await BenchDatabase.Create(server, ct);
        await PageTables.Create(database, ct);
        var folder = Directory.CreateTempSubdirectory("tradesense-pages-");
        try
        {
            // Brands, then some days of invented trading, so that the page has what a real one has.
            await using (var once = ServerUnderTest.Product(database.Options, Path.Combine(Path.GetDirectoryName(Layout.Folder("migrations"))!, "tenants.example.json"), folder.FullName))
                await once.UntilReady("/health/ready", ct);
            await ServerUnderTest.Command(database.Options, folder.FullName, ["demo", "--brand", Brand, "--traders", "30", "--days", "6"], ct);
            var accounts = await SignedIn(database, ct);
            table.Note($"P6: {accounts.Count} accounts with six days of trades set up in {clock.Elapsed.TotalSeconds:0} s");

            await using var baseline = ServerUnderTest.Baseline(database.Options.App);
            await baseline.UntilReady("/fortunes", ct);
            if (options.Targets.Contains("P6"))
            {
                await using var product = ServerUnderTest.Product(database.Options, "none", folder.FullName);
                await product.UntilReady("/health/ready", ct);
                await Measure(server, accounts, product, baseline, table, options, ct);
            }

            if (options.Targets.Contains("P12"))
            {
                await using var product = ServerUnderTest.Product(database.Options, "none", folder.FullName, ("TRADESENSE_FEED_RATE", "20"));
                await product.UntilReady("/health/ready", ct);
                await StreamBench.Measure(product, baseline, [.. accounts.Select(account => new PageRequest(Host, LiveAddress(account), "__Host-session=" + account.Token, []))], table, options, ct);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task Measure(PrivatePostgres server, IReadOnlyList<SignedInAccount> accounts, ServerUnderTest product, ServerUnderTest baseline, ResultTable table, BenchOptions options, CancellationToken ct)
    {
        var (own, others) = (new HttpLoad(product.Port), new HttpLoad(baseline.Port));
        PageRequest[] pages = [.. accounts.Select(account => new PageRequest(Host, $"/trader/accounts/{account.Id}", "__Host-session=" + account.Token, [$"Account #{account.Number}", "id=\"objectives\"", "id=\"trade-table\"", "</html>"]))];
        PageRequest[] fortunes = [new(Host, "/fortunes", "", ["Additional fortune added at request time.", "&lt;script&gt;", "</html>"])];
        PageRequest[] dashboards = [.. accounts.Select(account => new PageRequest(Host, $"/dashboard/{account.Tenant}/{account.Id}", "session=" + account.Token, [$"Account {account.Number}", "</html>"]))];
        await ShowsAsMuch(product.Port, pages[0], baseline.Port, dashboards[0], ct);

        var (cores, size, inServer, inDatabase, pagesRead) = (0m, 0, TimeSpan.Zero, TimeSpan.Zero, 0m);
        var figures = await Rounds.Run(options.Runs, ct,
            new Contender("TradeSense", async stop =>
            {
                var (before, databaseBefore, clock) = (product.ProcessorTime, server.ProcessorTime, Stopwatch.StartNew());
                var reading = await own.Run(pages, options.RunLength, stop);
                (cores, size, inServer, inDatabase) = (own.Cores, own.PageSize, product.ProcessorTime - before, server.ProcessorTime - databaseBefore);
                pagesRead = reading.Value * clock.Elapsed.Ticks / TimeSpan.TicksPerSecond;
                return reading;
            }),
            new Contender("bare Razor page + EF, twelve rows", stop => others.Run(fortunes, options.RunLength, stop)),
            new Contender("bare dashboard, same rows in one batch", stop => others.Run(dashboards, options.RunLength, stop)));
        table.Add(new("P6", "account page, signed in, 64 connections", Unit.PerSecond, figures[0], figures[1], Goal.RatioAtLeast(0.5m)));
        table.Add(new("P6", "account page, signed in, 64 connections", Unit.PerSecond, figures[0], figures[2], Goal.RatioAtLeast(0.8m)));
        table.Add(new("P6", "wait for the account page, p99", Unit.Milliseconds, figures[0].Waits, figures[2].Waits, Goal.AtMost(40m)));
        table.Note($"the page has {size / 1024m:0} KB, the dashboard {others.PageSize / 1024m:0} KB; asking for the product's pages took {cores:0.00} cores of {Environment.ProcessorCount}");
        table.Note($"a page took {inServer.TotalMilliseconds / (double)pagesRead:0.0} ms of processor time in the server and {inDatabase.TotalMilliseconds / (double)pagesRead:0.0} ms in the database");
    }

    /// <summary>The dashboard must not win by leaving rows out: it shows at least as many table rows as the account page.</summary>
    private static async Task ShowsAsMuch(int productPort, PageRequest page, int baselinePort, PageRequest dashboard, CancellationToken ct)
    {
        var (own, other) = (await Rows(productPort, page, ct), await Rows(baselinePort, dashboard, ct));
        if (other < own) throw new InvalidOperationException($"The account page shows {own} table rows, the dashboard it is compared with only {other}.");
    }

    private static async Task<int> Rows(int port, PageRequest request, CancellationToken ct)
    {
        using var connection = new HttpConnection(port);
        await connection.Open(ct);
        var answer = await connection.Ask(request.Bytes, ct);
        return answer.Status == 200
            ? System.Text.Encoding.UTF8.GetString(answer.Body.Span).Split("<tr").Length - 1
            : throw new InvalidOperationException($"{request.Path} answered {answer.Status}.");
    }

    /// <summary>As the terminal's page names its stream: what it knows already is not told again.</summary>
    private static string LiveAddress(SignedInAccount account) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"/trader/terminal/{account.Id}?handler=Live&period=M5&since={account.JournalLength}&made={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}");

    private sealed record SignedInAccount(Guid Tenant, Guid Id, long Number, long JournalLength, string Token);

    /// <summary>The running accounts with the most trades, each with a session of its trader.</summary>
    private static async Task<IReadOnlyList<SignedInAccount>> SignedIn(BenchDatabase database, CancellationToken ct)
    {
        var accounts = new List<SignedInAccount>();
        await using var command = database.Source.CreateCommand("""
            select a.tenant_id, a.id, a.number, a.user_id, a.journal_length from trading_accounts a where a.status = 'Active'
            order by (select count(*) from trades t where t.tenant_id = a.tenant_id and t.account_id = a.id) desc, a.number limit 16
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var token = RandomNumberGenerator.GetBytes(32);
            await using var session = database.Source.CreateCommand("insert into sessions (tenant_id, id, token_hash, user_id, created_at, last_seen_at, signed_in_at) values ($1, $2, $3, $4, now(), now(), now())");
            foreach (var value in (object[])[reader.GetGuid(0), Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), SHA256.HashData(token), reader.GetGuid(3)]) session.Parameters.Add(new() { Value = value });
            await session.ExecuteNonQueryAsync(ct);
            accounts.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetInt64(2), reader.GetInt64(4), Convert.ToBase64String(token)));
        }

        return accounts.Count > 0 ? accounts : throw new InvalidOperationException("The demo left no running account.");
    }
}
