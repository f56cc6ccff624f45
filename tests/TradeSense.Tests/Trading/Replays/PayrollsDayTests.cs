using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Values;
using TradeSense.Modules.Risk;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Quotes.Archive;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Quotes;

namespace TradeSense.Tests.Trading.Replays;

public sealed class PayrollsDayTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Spike = new(2014, 5, 2, 12, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_verdict_of_the_payrolls_day_equals_an_independent_recomputation_from_stored_journal_and_quotes()
    {
        var files = Recordings.Ticks(Recordings.Payrolls);
        await using var day = await PayrollsDay.Open();

        await day.Play(files, TestContext.Current.CancellationToken);

        Assert.Equal(356_021, day.Delivered.Count);
        await day.Sales.PayOut();
        var tape = await StoredQuotes(day);
        var verdicts = await Recompute(day, tape);
        await ReceiptsAreComplete(day, verdicts);
        await Print(day, verdicts);
    }

    /// <summary>As the archive has them; only the order between symbols is the delivery's.</summary>
    private static async Task<QuoteTape> StoredQuotes(PayrollsDay day)
    {
        var archive = day.Firm.Site.Services.GetRequiredService<ArchivedQuotes>();
        var (from, to) = (day.Delivered[0].Quote.At, day.Delivered[^1].Quote.At);
        var bySymbol = new Dictionary<string, Queue<Quote>>();
        foreach (var symbol in day.Delivered.Select(one => one.Quote.Symbol).Distinct())
            bySymbol[symbol] = new Queue<Quote>(await archive.Run(symbol, from, to, default));

        var tape = day.Delivered.Select(one => bySymbol[one.Quote.Symbol].Dequeue()).ToList();
        Assert.All(bySymbol.Values, Assert.Empty);
        Assert.True(tape.SequenceEqual(day.Delivered.Select(one => one.Quote)));
        return new QuoteTape(tape);
    }

    private static async Task<int> Recompute(PayrollsDay day, QuoteTape tape)
    {
        var site = day.Firm.Site;
        var journals = (await site.Audit("select account_id, kind, body from journal_entries where tenant_id = $1 order by account_id, sequence", day.Firm.Tenant.Id))
            .ToLookup(row => (Guid)row[0]!, row => ((string)row[1]!, JsonDocument.Parse((string)row[2]!).RootElement));
        var rows = await site.Audit("select a.id, a.terms::text, a.balance, a.status, count(p.number) from trading_accounts a left join positions p on p.tenant_id = a.tenant_id and p.account_id = a.id where a.tenant_id = $1 group by a.tenant_id, a.id", day.Firm.Tenant.Id);
        Assert.Equal(day.Ids.Count, rows.Count);

        var accounts = rows.Select(row => (Row: row, Again: new IndependentAccount(tape, JsonDocument.Parse((string)row[1]!).RootElement, [.. journals[(Guid)row[0]!]]))).ToList();
        Parallel.ForEach(accounts, account => account.Again.Recompute());
        foreach (var (row, again) in accounts)
        {
            Assert.Empty(again.Complaints);
            Assert.Equal((decimal)row[2]!, again.Balance);
            Assert.Equal((long)row[4]!, again.OpenPositions);
            var view = await day.Desk.View(new AccountId((Guid)row[0]!), default);
            Assert.Equal(decimal.Round(again.EquityNow(), 2, MidpointRounding.AwayFromZero), decimal.Round(view!.Equity, 2, MidpointRounding.AwayFromZero));
        }

        await day.Sales.LedgerAgrees(accounts.ToDictionary(account => new AccountId((Guid)account.Row[0]!), account => account.Again));
        var (breached, _) = accounts.First(account => account.Again.Verdicts > 0);
        TheCheckerSeesOnePoint(tape, JsonDocument.Parse((string)breached[1]!).RootElement, [.. journals[(Guid)breached[0]!]]);
        return accounts.Sum(account => account.Again.Verdicts);
    }

    /// <summary>A check that cannot fail proves nothing: with every bid a point lower the same journal must be complained of.</summary>
    private static void TheCheckerSeesOnePoint(QuoteTape tape, JsonElement terms, IReadOnlyList<(string, JsonElement)> facts)
    {
        var shifted = new QuoteTape([.. tape.Quotes.Select(quote => quote with { Bid = new Price(quote.Bid.Value - (quote.Symbol == "XAUUSD" ? 0.01m : 0.00001m)) })]);
        var again = new IndependentAccount(shifted, terms, facts);
        again.Recompute();
        Assert.NotEmpty(again.Complaints);
    }

    private static async Task ReceiptsAreComplete(PayrollsDay day, int verdicts)
    {
        var services = day.Firm.Site.Services;
        var archive = services.GetRequiredService<ArchivedQuotes>();
        var completed = await services.GetRequiredService<CompleteReceipts>().Run(archive.Run, day.Delivered[^1].Quote.At.AddHours(1), DeskApart.FirstNumber, default);
        Assert.Equal(verdicts, completed);

        var inSpike = await day.Firm.Site.Audit("select id, account_id, at from breaches where tenant_id = $1 and at between $2 and $3 order by at", day.Firm.Tenant.Id, Spike, Spike.AddMinutes(1));
        Assert.NotEmpty(inSpike);
        foreach (var verdict in inSpike)
        {
            var bundle = await day.Firm.Run<EvidenceExport, EvidenceBundle?>(export => export.Run((Guid)verdict[0]!, null, default));
            Assert.Empty(VerifyBundle.Run(bundle!.Write(), bundle.Digest).Differences);
        }

        var (id, account, at) = ((Guid)inSpike[0][0]!, (Guid)inSpike[0][1]!, new DateTimeOffset((DateTime)inSpike[0][2]!));
        var receipt = (await day.Firm.Run<ReceiptDetail, ReceiptDetail.Picture?>(detail => detail.Read(account, id, null, default)))!;
        Assert.NotEmpty(receipt.Evidence.Positions);
        Assert.All(receipt.Evidence.Positions, position => Assert.Contains(receipt.Evidence.Quotes, quote => quote.Symbol == position.State.Symbol));
        Assert.Contains(receipt.Quotes, quote => quote.At < at.AddSeconds(-30));
        Assert.Contains(receipt.Quotes, quote => quote.At > at.AddSeconds(30));
        Assert.All(receipt.Evidence.Quotes, quote => Assert.Contains(quote, receipt.Quotes));
        Assert.Equal(receipt.Receipt.Equity, receipt.Steps[^1].Equity, 6);
        Assert.True(receipt.Steps[0].Equity > receipt.Receipt.Floor);
        Assert.Equal(receipt.Receipt.Floor, receipt.Receipt.Rule == Engine.Rules.LossRule.DailyLoss ? receipt.Lineage.DailyFloor : receipt.Lineage.OverallFloor);
        Assert.NotEmpty(receipt.Receipt.BuildVersion);
    }

    private async Task Print(PayrollsDay day, int verdicts)
    {
        var handedOver = day.Delivered.GroupBy(one => one.Quote.At).ToDictionary(group => group.Key, group => group.Min(one => one.HandedOver));
        var times = (await day.Firm.Site.Audit("select account_id, min(at) from breaches where tenant_id = $1 group by account_id", day.Firm.Tenant.Id))
            .ToDictionary(row => new AccountId((Guid)row[0]!), row => new DateTimeOffset((DateTime)row[1]!));
        var delays = day.VerdictCommitted.Where(pair => handedOver.ContainsKey(times[pair.Key]))
            .Select(pair => Stopwatch.GetElapsedTime(handedOver[times[pair.Key]], pair.Value).TotalMilliseconds).Order().ToList();
        string[] lines =
        [
            $"{day.Delivered.Count} quotes, {day.Commands} commands, {day.Ids.Count} accounts in {day.Took.TotalSeconds:0.0} s: {day.Delivered.Count / day.Took.TotalSeconds:0} quotes/s, {day.Desk.Health[0].Commits} commits",
            $"{verdicts} verdicts; quote to committed verdict: median {delays[delays.Count / 2]:0.0} ms, p99 {delays[Math.Min(delays.Count - 1, delays.Count * 99 / 100)]:0.0} ms",
        ];
        foreach (var line in lines)
        {
            output.WriteLine(line);
            await RunFigures.Note("US payrolls day", line);
        }
    }
}
