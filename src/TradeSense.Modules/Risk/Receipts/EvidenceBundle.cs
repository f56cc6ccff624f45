using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>All a verdict rests on, in one file that speaks for itself: terms, the journal up to the verdict, and the quotes around it.</summary>
/// <param name="Digest">SHA-256 over the three fingerprints. Printed on the receipt, it binds a file to the verdict the firm stated.</param>
public sealed record EvidenceBundle(
    string Format, Guid Account, long Number, AccountTerms Terms, string TermsHash, IReadOnlyList<EvidenceBundle.Entry> Journal, IReadOnlyList<string> Quotes, string QuotesHash,
    string BuildVersion, string Digest)
{
    public const string CurrentFormat = "tradesense-evidence-1";

    public sealed record Entry(long Sequence, string Kind, string Body, string Hash);

    public static string HashOfQuotes(IReadOnlyList<string> lines) => Hash(string.Join('\n', lines));

    public static string DigestOf(string termsHash, string journalHead, string quotesHash) => Hash($"{termsHash}\n{journalHead}\n{quotesHash}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>Makes the bundle of a receipt that is complete.</summary>
public sealed class EvidenceExport(TradeSenseDb db)
{
    /// <param name="userId">The trader who asks; null for staff. Null is also the answer while the minute after the verdict is not over.</param>
    public async Task<EvidenceBundle?> Run(Guid receiptId, Guid? userId, CancellationToken ct)
    {
        var receipt = await db.Set<BreachReceipt>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == receiptId && (userId == null || row.UserId == userId), ct);
        if (receipt?.Quotes is null) return null;

        var account = await db.Set<TradingAccount>().AsNoTracking().SingleAsync(row => row.Id == receipt.AccountId, ct);
        var journal = await db.Set<JournalEntry>().AsNoTracking().Where(row => row.AccountId == account.Id && row.Sequence <= receipt.JournalSequence).OrderBy(row => row.Sequence)
            .Select(row => new { row.Sequence, row.Kind, row.Body, row.Hash }).ToListAsync(ct);
        var entries = journal.Select(row => new EvidenceBundle.Entry(row.Sequence, row.Kind, row.Body, Convert.ToHexStringLower(row.Hash))).ToList();
        var quotes = QuoteWindow.Unpack(receipt.Quotes).Select(QuoteWindow.Line).ToList();
        var quotesHash = EvidenceBundle.HashOfQuotes(quotes);
        return new EvidenceBundle(
            EvidenceBundle.CurrentFormat, account.Id, account.Number, account.Terms, receipt.TermsHash, entries, quotes, quotesHash, receipt.BuildVersion,
            EvidenceBundle.DigestOf(receipt.TermsHash, entries[^1].Hash, quotesHash));
    }
}
