using System.Globalization;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Ledger;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Ledger;

/// <summary>Random transfers and reversals by many at once leave the books where a single-threaded model says they are.</summary>
public sealed class RandomTransfersTests(Site site)
{
    private static readonly LedgerAccountName[] Accounts =
    [
        LedgerAccountName.Bank, LedgerAccountName.Sales, LedgerAccountName.ProfitShare, LedgerAccountName.UnmatchedReceipts,
        LedgerAccountName.GatewayClearing("sandbox"), LedgerAccountName.GatewayFees("sandbox"),
    ];

    private sealed record Step(PostTransfer.Request Request, bool Reverse);

    [Theory]
    [InlineData(1)]
    [InlineData(20260302)]
    public async Task Many_writers_end_where_the_model_ends(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await using var firm = await TestFirm.Create(site);
        var steps = Steps(new Random(seed), 120);

        // Every transfer is sent twice, by different writers, as retries are.
        await Parallel.ForEachAsync(steps.Concat(steps), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (step, ct) => await Post(firm, step));

        foreach (var account in Accounts)
            foreach (var currency in (Currency[])[Currency.Usd, Currency.Eur])
            {
                var expected = steps.Where(step => !step.Reverse).SelectMany(step => step.Request.Entries).Where(entry => entry.Account == account && entry.Amount.Currency == currency).Sum(entry => entry.Amount.Amount);
                var actual = await firm.Run<LedgerStatement, Money>(statement => statement.Balance(account, currency, default));
                Assert.Equal(expected, actual.Amount);
            }
    }

    private static async Task Post(TestFirm firm, Step step)
    {
        var posted = await firm.Run<PostTransfer, Result<Guid>>(post => post.Run(step.Request, default));
        if (step.Reverse) Assert.Null((await firm.Run<ReverseTransfer, Result<Guid>>(reverse => reverse.Run(new(posted.Value, "undo:" + step.Request.IdempotencyKey, "test"), default))).Refusal);
    }

    private static List<Step> Steps(Random random, int count) => [.. Enumerable.Range(0, count).Select(i =>
    {
        var entries = new List<PostTransfer.Entry>();
        foreach (var currency in random.Next(4) == 0 ? (Currency[])[Currency.Usd, Currency.Eur] : [Currency.Usd])
        {
            var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => new Money(random.Next(1, 1_000_000) / 100m * (random.Next(2) * 2 - 1), currency)).ToList();
            var rest = -parts.Aggregate((sum, part) => sum + part);
            if (!rest.IsZero) parts.Add(rest);
            else parts.Add(-parts[0]);
            if (parts.Aggregate((sum, part) => sum + part) is { IsZero: false } left) parts.Add(-left);
            entries.AddRange(parts.Select(part => new PostTransfer.Entry(Accounts[random.Next(Accounts.Length)], part)));
        }

        var key = "t" + i.ToString(CultureInfo.InvariantCulture);
        return new Step(new(key, LedgerTransferKind.Sale, "order:" + key, "random", entries), random.Next(5) == 0);
    })];
}
