using System.Globalization;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>Follows a bundle's journal from its root and names the first entry that does not fit.</summary>
internal static class JournalChain
{
    private const string Unknown = "what its hash was taken of";

    public static IEnumerable<Difference> Check(EvidenceBundle bundle)
    {
        if (bundle.Journal.Count == 0) return [new("journal", "entries", "none")];

        var previous = JournalEntry.Root;
        for (var i = 0; i < bundle.Journal.Count; i++)
        {
            var entry = bundle.Journal[i];
            if (entry.Sequence != i + 1) return [new($"journal[{i}].sequence", (i + 1).ToString(CultureInfo.InvariantCulture), entry.Sequence.ToString(CultureInfo.InvariantCulture))];

            var hash = HashOf(bundle.Account, previous, entry);
            if (Convert.ToHexStringLower(hash) != entry.Hash) return Explain(bundle, i, previous, hash);
            if (entry.Marks is { } marks && marks != TextMarks.Of(entry.Body)) return [new($"journal[{i}].marks", "the marks of its body", "others")];
            previous = hash;
        }

        return [];
    }

    private static IReadOnlyList<Difference> Explain(EvidenceBundle bundle, int i, byte[] previous, byte[] hash)
    {
        var entry = bundle.Journal[i];
        bool Fits(Guid account, string kind, string body) => Convert.ToHexStringLower(JournalEntry.HashOf(previous, account, entry.Sequence, kind, body)) == entry.Hash;

        if (i + 1 < bundle.Journal.Count && Convert.ToHexStringLower(HashOf(bundle.Account, hash, bundle.Journal[i + 1])) == bundle.Journal[i + 1].Hash)
            return [new($"journal[{i}].hash", Convert.ToHexStringLower(hash), entry.Hash)];
        if (i == 0 && OneCharacter.Before(bundle.Account.ToString(), text => Guid.TryParse(text, out var id) && Fits(id, entry.Kind, entry.Body), "0123456789abcdef") is { } account)
            return [new("account", account, bundle.Account.ToString())];
        if (OneCharacter.Before(entry.Kind, text => Fits(bundle.Account, text, entry.Body), "_abcdefghijklmnopqrstuvwxyz") is { } kind)
            return [new($"journal[{i}].kind", kind, entry.Kind)];
        if (entry.Marks?.Find(entry.Body, text => Fits(bundle.Account, entry.Kind, text)) is { } place)
            return place.Whole is { } whole ? Difference.Between($"journal[{i}].body", whole, entry.Body) : Narrowed(i, place, entry.Body);
        if (Edits.Before(entry.Body, text => Fits(bundle.Account, entry.Kind, text)) is { } body)
            return Difference.Between($"journal[{i}].body", body, entry.Body);
        // The last entry has none after it to tell which was altered.
        return i + 1 == bundle.Journal.Count && IsNearly(Convert.ToHexStringLower(hash), entry.Hash)
            ? [new($"journal[{i}].hash", Convert.ToHexStringLower(hash), entry.Hash)]
            : [new($"journal[{i}].body", Unknown, entry.Body)];
    }

    /// <summary>More than one edit: the place is known, what stood there is not.</summary>
    private static IReadOnlyList<Difference> Narrowed(int i, TextMarks.Place place, string body) =>
        [new($"journal[{i}].body{JsonPlace.Of(body, place.From, place.To)}, characters {place.From + 1} to {place.To}", Unknown, place.Found)];

    private static byte[] HashOf(Guid account, byte[] previous, EvidenceBundle.Entry entry) => JournalEntry.HashOf(previous, account, entry.Sequence, entry.Kind, entry.Body);

    private static bool IsNearly(string one, string other) => one.Length == other.Length && one.Zip(other).Count(pair => pair.First != pair.Second) <= 1;
}
