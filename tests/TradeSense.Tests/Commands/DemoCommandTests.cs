using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Database;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Tests.Fixture;
using TradeSense.Web.Commands.Demo;

namespace TradeSense.Tests.Commands;

/// <summary>A brand filled by the demo: everything in it must have come about as in a firm that lived through it.</summary>
public sealed class DemoCommandTests
{
    private const int Traders = 30;

    /// <summary>A Friday evening, so that the days before it are trading days.</summary>
    private static readonly DateTimeOffset Now = new(2026, 3, 6, 18, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_filled_brand_has_people_in_several_phases_who_bought_traded_and_breached()
    {
        await using var site = await WithoutEngine();
        await using var firm = await Firm(site);
        using var words = new StringWriter();

        Assert.Equal(0, await Demo(site, firm, words, "--traders", $"{Traders}", "--days", "4"));

        Assert.Contains($"{Traders} traders", words.ToString(), StringComparison.Ordinal);
        await TheHistoryIsRich(firm, payouts: 0);
    }

    [Fact(Explicit = true)]
    public async Task Run_by_hand_because_dice_decide_whether_anybody_is_paid_every_figure_of_a_filled_brand_follows_from_its_journals()
    {
        await using var site = await WithoutEngine();
        await using var firm = await Firm(site);

        Assert.Equal(0, await Demo(site, firm, TextWriter.Null, "--traders", $"{Traders}", "--days", "8"));

        await TheHistoryIsRich(firm, payouts: 1);
        await JournalsGiveEveryBalance(firm);
        await TheBooksFollowTheOrdersAndPayouts(firm);
        await TheLiveEngineGoesOn(site, firm);
    }

    [Fact]
    public async Task Beside_a_running_server_it_refuses_and_touches_nothing()
    {
        await using var site = await Site.Start(TimeProvider.System, null);
        await using var firm = await Firm(site);
        for (var tries = 0; tries < 300 && await Count(site, "select count(*) from engine_shards where leased_until > clock_timestamp()") == 0; tries++) await Task.Delay(100, Ct);
        var before = await TenantRows.Of(firm);
        using var words = new StringWriter();

        Assert.Equal(1, await Demo(site, firm, words, "--traders", "1", "--days", "2"));

        Assert.Contains("A server is running on this database", words.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, await TenantRows.Of(firm));
    }

    [Theory]
    [InlineData("There is no brand", 1, "--brand", "nobody")]
    [InlineData("Write: demo --brand", 2, "--brand", "meridian", "--traders", "0")]
    [InlineData("Write: demo --brand", 2, "--brand", "meridian", "--days", "1")]
    [InlineData("Write: demo --brand", 2, "--traders", "3")]
    public async Task A_wish_it_cannot_fulfil_is_refused_in_words(string words, int code, params string[] arguments)
    {
        await using var site = await WithoutEngine();
        using var error = new StringWriter();

        Assert.Equal(code, await DemoCommand.Run(arguments, TextWriter.Null, error, Now, SettingsOf(site)));

        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Everybody bought; not all stand in the first phase, some breached, and so many payouts were asked for; nothing went wrong on the way.</summary>
    private static async Task TheHistoryIsRich(TestFirm firm, int payouts)
    {
        var counts = (await firm.Site.Audit("""
            select (select count(*) from users where tenant_id = $1 and role = 'Trader'), (select count(*) from orders where tenant_id = $1 and status = 'Paid'),
              (select count(distinct phase_index) from trading_accounts where tenant_id = $1), (select count(*) from breaches where tenant_id = $1), (select count(*) from payouts where tenant_id = $1),
              (select count(*) from trades where tenant_id = $1), (select count(*) from outbox_messages where tenant_id = $1 and last_error is not null)
            """, firm.Tenant.Id))[0].Select(count => (long)count!).ToList();
        Assert.True(counts is [Traders, Traders, >= 2, > 0, _, > 100, 0] && counts[4] >= payouts, $"Traders, paid orders, phases, breaches, payouts, trades, failed messages: {string.Join(", ", counts)}");
    }

    /// <summary>The chain of each journal is whole up to the account's head, and its facts alone give the balance, the floors and what is open.</summary>
    private static async Task JournalsGiveEveryBalance(TestFirm firm)
    {
        var facts = (await firm.Site.Audit("select account_id, sequence, kind, body, hash from journal_entries where tenant_id = $1 order by account_id, sequence", firm.Tenant.Id)).ToLookup(row => (Guid)row[0]!);
        var accounts = await firm.Site.Audit("""
            select a.id, a.terms::text, a.balance, a.overall_floor, a.daily_floor, a.journal_head, (select count(*) from positions p where p.tenant_id = a.tenant_id and p.account_id = a.id)
            from trading_accounts a where a.tenant_id = $1
            """, firm.Tenant.Id);
        foreach (var account in accounts)
        {
            var (id, hash) = ((Guid)account[0]!, JournalEntry.Root);
            var again = new JournalAgain(System.Text.Json.JsonSerializer.Deserialize<AccountTerms>((string)account[1]!, Json.Options)!);
            foreach (var fact in facts[id])
            {
                hash = JournalEntry.HashOf(hash, id, (long)fact[1]!, (string)fact[2]!, (string)fact[3]!);
                Assert.Equal(hash, (byte[])fact[4]!);
                again.Apply(EventText.Read((string)fact[2]!, (string)fact[3]!), $"{id} {fact[1]}");
            }

            Assert.Empty(again.Problems);
            Assert.NotEmpty(facts[id]);
            Assert.Equal((byte[])account[5]!, hash);
            Assert.Equal(((decimal)account[2]!, (decimal?)account[3], (decimal?)account[4], (long)account[6]!), (again.Balance, again.Limits.OverallFloor, again.Limits.DailyFloor, (long)again.Open.Count));
        }
    }

    /// <summary>What was sold stands as revenue, what was asked for as owed or paid, to the cent; that all sums to zero the firm proves when it is disposed of.</summary>
    private static async Task TheBooksFollowTheOrdersAndPayouts(TestFirm firm)
    {
        const string Booked = "select coalesce(-sum(p.amount), 0) from ledger_postings p join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id where p.tenant_id = $1 and a.kind = ";
        Assert.Equal(await Sum(firm, "select sum(price) from orders where tenant_id = $1 and status = 'Paid'"), await Sum(firm, Booked + "'Sales'"));
        Assert.Equal(await Sum(firm, "select coalesce(sum(amount), 0) from payouts where tenant_id = $1 and status = 'Paid'"), await Sum(firm, Booked + "'Bank'"));
        Assert.Equal(await Sum(firm, "select coalesce(sum(amount), 0) from payouts where tenant_id = $1 and status in ('Requested', 'AwaitingDecision', 'Approved')"), await Sum(firm, Booked + "'PayoutPayable'"));
    }

    /// <summary>The accounts were handed over: a server that starts now serves them as the demo left them.</summary>
    private static async Task TheLiveEngineGoesOn(Site site, TestFirm firm)
    {
        Assert.Equal(0L, await Count(site, "select count(*) from trading_accounts where tenant_id = $1 and shard_apart is not null", firm.Tenant.Id));
        await using var server = await Site.Beside(site, _ => { });
        var desk = server.Services.GetRequiredService<TradingDesk>();
        foreach (var row in await site.Audit("select id, balance from trading_accounts where tenant_id = $1 and status = 'Active' order by id limit 5", firm.Tenant.Id))
        {
            AccountView? view = null;
            for (var tries = 0; tries < 300 && (view = await desk.View(new AccountId((Guid)row[0]!), Ct)) is null; tries++) await Task.Delay(100, Ct);
            Assert.Equal((decimal)row[1]!, view!.State.Balance);
        }
    }

    /// <summary>Pages and rows, but nobody who trades or empties the outbox: that is the demo's to do.</summary>
    private static Task<Site> WithoutEngine() => Site.Start(TimeProvider.System, builder => builder.UseSetting("TRADESENSE_ROLES", "web"));

    /// <summary>Two short phases and money soon, so that a few days hold a whole life.</summary>
    private static Task<TestFirm> Firm(Site site) => TestFirm.Create(site, file =>
    {
        file["models"] = JsonNode.Parse("""
            [{
              "slug": "brief", "name": "Brief", "summary": "Two short phases.",
              "dailyLoss": { "percent": "2", "anchor": "balance" }, "overallLoss": { "percent": "4" },
              "phases": [{ "name": "First", "profitTarget": "0.5", "minimumTradingDays": 1 }, { "name": "Second", "profitTarget": "0.5", "minimumTradingDays": 1 }],
              "trading": { "leverage": 100 },
              "payout": { "firstAfterDays": 0, "cycleDays": 1, "minimum": "10", "split": "80" },
              "resetDiscount": "10",
              "sizes": [{ "balance": "100000", "price": "449" }]
            }]
            """);
        file["people"] = JsonNode.Parse("""[{ "userName": "olga.owner", "email": "olga@example.com", "password": "orbit-canyon-42-mint", "role": "owner", "country": "GB" }]""");
    });

    private static Task<int> Demo(Site site, TestFirm firm, TextWriter words, params string[] arguments) =>
        DemoCommand.Run(["--brand", firm.Tenant.Slug, .. arguments], words, words, Now, SettingsOf(site));

    private static string[] SettingsOf(Site site)
    {
        var configuration = site.Services.GetRequiredService<IConfiguration>();
        return ["--applicationName=TradeSense.Web", .. new[] { "TRADESENSE_APP_DATABASE", "TRADESENSE_ENGINE_DATABASE", "TRADESENSE_AUDIT_DATABASE", "TRADESENSE_MASTER_KEY", "TRADESENSE_DATA" }.Select(name => $"--{name}={configuration[name]}")];
    }

    private static async Task<long> Count(Site site, string sql, params object[] parameters) => (long)(await site.Audit(sql, parameters))[0][0]!;

    private static async Task<decimal> Sum(TestFirm firm, string sql) => (decimal)(await firm.Site.Audit(sql, firm.Tenant.Id))[0][0]!;
}
