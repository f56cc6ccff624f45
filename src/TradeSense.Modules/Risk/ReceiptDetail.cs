using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Events;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Risk.Incidents;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.History;

namespace TradeSense.Modules.Risk;

/// <summary>The receipt of a verdict with everything it rests on, for the trader it concerns (or the firm's staff).</summary>
public sealed class ReceiptDetail(TradeSenseDb db)
{
    /// <param name="Quotes">A minute each way, all symbols held; empty until the receipt is complete.</param>
    /// <param name="Steps">Equity at each quote from the account's last change to the verdict.</param>
    /// <param name="ModelHash">The model version the account was bought under; null where no challenge stands behind it.</param>
    /// <param name="JournalHash">The verdict's entry in the account's journal.</param>
    /// <param name="IsProvisional">It rests on an incident, and nobody has decided yet what that means for it.</param>
    /// <param name="Seal">What was signed of it; null until the receipt is complete.</param>
    public sealed record Picture(
        BreachReceipt Receipt, BreachEvidence Evidence, IReadOnlyList<Quote> Quotes, IReadOnlyList<EquitySteps.Step> Steps, Lineage Lineage, string? ModelHash, string JournalHash,
        bool IsProvisional, ReceiptSeal? Seal);

    /// <summary>How the floors came about: when the day's anchor was taken, what may be lost from it, the peak and what may be lost from that.</summary>
    public sealed record Lineage(
        DateTimeOffset AnchoredAt, decimal Anchor, decimal? DailyAllowance, decimal? DailyFloor, decimal Peak, decimal? OverallAllowance, decimal? OverallFloor);

    /// <param name="userId">The trader who asks; null for staff.</param>
    public async Task<Picture?> Read(Guid accountId, Guid receiptId, Guid? userId, CancellationToken ct)
    {
        var receipt = await db.Set<BreachReceipt>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == receiptId && row.AccountId == accountId && (userId == null || row.UserId == userId), ct);
        if (receipt is null) return null;

        var account = await db.Set<TradingAccount>().AsNoTracking().SingleAsync(row => row.Id == accountId, ct);
        var entries = await db.Set<JournalEntry>().AsNoTracking()
            .Where(row => row.AccountId == accountId && (row.Sequence == receipt.JournalSequence || row.Sequence == receipt.JournalSequence - 1)).OrderBy(row => row.Sequence).ToListAsync(ct);
        var modelHash = await db.Database.SqlQuery<string>($"""
            select v.hash as "Value" from challenges c join model_versions v on v.tenant_id = c.tenant_id and v.id = c.model_version_id where c.id = {receipt.ChallengeId}
            """).SingleOrDefaultAsync(ct);

        var isProvisional = await db.Set<IncidentAccount>()
            .AnyAsync(row => row.ReceiptId == receiptId && (row.Status == TouchStatus.UnderReview || row.Status == TouchStatus.Proposed), ct);
        var seal = await db.Set<ReceiptSeal>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == receiptId, ct);
        var evidence = receipt.ReadEvidence();
        IReadOnlyList<Quote> quotes = receipt.Quotes is { } packed ? QuoteWindow.Unpack(packed) : [];
        var steps = EquitySteps.Of(evidence, account.Terms, quotes, entries[0].At, receipt.At);
        return new Picture(receipt, evidence, quotes, steps, await LineageOf(account, evidence, receipt.At, ct), modelHash, Convert.ToHexStringLower(entries[^1].Hash), isProvisional, seal);
    }

    private async Task<Lineage> LineageOf(TradingAccount account, BreachEvidence evidence, DateTimeOffset at, CancellationToken ct)
    {
        var anchoredAt = await db.Set<DaySnapshot>().AsNoTracking().Where(row => row.AccountId == account.Id && row.At <= at).OrderByDescending(row => row.At)
            .Select(row => (DateTimeOffset?)row.At).FirstOrDefaultAsync(ct) ?? account.OpenedAt!.Value;
        return new Lineage(
            anchoredAt, evidence.DailyAnchor, evidence.DailyAnchor - evidence.DailyFloor, evidence.DailyFloor, evidence.Peak,
            (account.Terms.OverallLoss?.Mode == Engine.Rules.OverallMode.Static ? evidence.Size ?? account.Terms.InitialBalance : evidence.Peak) - evidence.OverallFloor, evidence.OverallFloor);
    }
}
