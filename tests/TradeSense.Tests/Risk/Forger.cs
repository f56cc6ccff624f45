using System.Security.Cryptography;
using TradeSense.Engine.Events;
using TradeSense.Engine.Values;
using TradeSense.Modules.Risk.Heads;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Tests.Risk;

/// <summary>Writes evidence anew, mends every hash and signs it: what a firm could do that holds the key, and anybody with a key of his own.</summary>
internal sealed class Forger : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string PublicKey => Convert.ToHexStringLower(_key.ExportSubjectPublicKeyInfo());
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(_key.ExportSubjectPublicKeyInfo()));

    /// <summary>The bundle with other facts or quotes, whole in itself. It ends with the verdict, under no daily head.</summary>
    public EvidenceBundle Sign(EvidenceBundle bundle, Func<EngineEvent, EngineEvent>? fact = null, Func<IReadOnlyList<Quote>, IEnumerable<Quote>>? quotes = null)
    {
        var (journal, previous) = (new List<EvidenceBundle.Entry>(), JournalEntry.Root);
        foreach (var entry in bundle.Journal.Take((int)bundle.Verdict))
        {
            var (kind, body) = (entry.Kind, entry.Body);
            if (fact is not null) (kind, body) = EventText.Write(fact(EventText.Read(kind, body)));
            previous = JournalEntry.HashOf(previous, bundle.Account, entry.Sequence, kind, body);
            journal.Add(new EvidenceBundle.Entry(entry.Sequence, kind, body, Convert.ToHexStringLower(previous)));
        }

        IReadOnlyList<Quote> window = [.. bundle.Quotes.Select(quote => QuoteWindow.Read(quote.Line))];
        var lines = EvidenceBundle.Chain((quotes?.Invoke(window) ?? window).Select(QuoteWindow.Line));
        var forged = bundle with { Journal = journal, Quotes = lines, QuotesHash = EvidenceBundle.HashOf(lines), Head = null };
        forged = forged with { Digest = forged.ComputeDigest() };
        return forged with { Seal = new EvidenceBundle.DigestSeal(PublicKey, Fingerprint, SignatureOf(EvidenceBundle.DigestSeal.TextOf(forged.Digest))) };
    }

    /// <summary>The same head with another text, signed.</summary>
    public PublishedHead Sign(string text) => new(text, SignatureOf(text), PublicKey);

    public void Dispose() => _key.Dispose();

    private string SignatureOf(string text) => Convert.ToHexStringLower(_key.SignData(System.Text.Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
}
