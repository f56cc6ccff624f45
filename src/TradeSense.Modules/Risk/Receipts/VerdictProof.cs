using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Accounts;
using TradeSense.Modules.Database;
using TradeSense.Modules.Risk.Heads;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>A verdict as anyone may check it who has its address: worked out again from what is stored, now. Nothing about the person.</summary>
public sealed class VerdictProof(TradeSenseDb db, EvidenceExport export, HeadList heads)
{
    /// <param name="Report">The file by itself: its hashes, its signatures against the brand's published keys, its verdict.</param>
    /// <param name="Stored">How it differs from the evidence stored here, field by field; null when there is no such verdict here.</param>
    public sealed record FileProof(VerifyBundle.Report Report, IReadOnlyList<Difference>? Stored);

    /// <param name="Report">Null while the minute after the verdict is not over.</param>
    /// <param name="IsReinstated">The verdict was undone afterwards; it stays on record.</param>
    public sealed record Picture(BreachReceipt Receipt, AccountTerms Terms, VerifyBundle.Report? Report, bool IsReinstated);

    /// <summary>No more are told at once: a file that differs in more is simply another.</summary>
    private const int MostTold = 40;

    public async Task<Picture?> Read(Guid receiptId, CancellationToken ct)
    {
        if (await db.Set<BreachReceipt>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == receiptId, ct) is not { } receipt) return null;

        var terms = await db.Set<Trading.Accounts.TradingAccount>().AsNoTracking().Where(row => row.Id == receipt.AccountId).Select(row => row.Terms).SingleAsync(ct);
        var isReinstated = await db.Set<Trading.Accounts.JournalEntry>().AnyAsync(row => row.AccountId == receipt.AccountId && row.Sequence > receipt.JournalSequence && row.Kind == "account_reinstated", ct);
        var bundle = await export.Run(receiptId, null, ct);
        var digest = await db.Set<ReceiptSeal>().AsNoTracking().Where(row => row.Id == receiptId).Select(row => row.Digest).SingleOrDefaultAsync(ct);
        return new Picture(receipt, terms, bundle is null ? null : VerifyBundle.Run(bundle.Write(), digest, await heads.Fingerprints(ct)), isReinstated);
    }

    /// <summary>Somebody's file: by itself, by the keys this brand has published, and beside what is stored here.</summary>
    public async Task<FileProof> Check(string file, CancellationToken ct) => new(VerifyBundle.Run(file, keys: await heads.Fingerprints(ct)), await Compare(file, ct));

    private async Task<IReadOnlyList<Difference>?> Compare(string file, CancellationToken ct)
    {
        if (ReceiptOf(file) is not { } id || await export.Run(id, null, ct) is not { } stored) return null;

        return [.. Difference.Between("bundle", stored.Write(), file).Where(different => !IsLaterHead(different, stored)).Take(MostTold)];
    }

    /// <summary>A copy made before the day's head was signed lacks it, and the entries between the verdict and the head; an old one lacks the marks.</summary>
    private static bool IsLaterHead(Difference different, EvidenceBundle stored) =>
        different.Found == "nothing" && (different.Field == "bundle.head" || different.Field.EndsWith("].marks", StringComparison.Ordinal) || Enumerable.Range((int)stored.Verdict, stored.Journal.Count - (int)stored.Verdict).Any(i => different.Field == $"bundle.journal[{i}]"));

    private static Guid? ReceiptOf(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(file);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("receipt", out var id) && id.ValueKind == JsonValueKind.String && id.TryGetGuid(out var known) ? known : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
