using System.Security.Cryptography;
using System.Text;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>
/// Where a long text was altered. One hash over all of it says only that it was; the hashes of its pieces, counted from the front and, by its length, from the back, narrow
/// that down to a piece, which is short enough to try out what stood there.
/// </summary>
/// <param name="Length">In characters.</param>
/// <param name="Pieces">The first sixteen digits of the SHA-256 of each <see cref="Size"/> characters, in order.</param>
public sealed record TextMarks(int Length, IReadOnlyList<string> Pieces)
{
    private const int Size = 128;

    /// <summary>Null for a text that is tried out quickly enough as it is.</summary>
    public static TextMarks? Of(string text) => text.Length <= Edits.Longest ? null : new TextMarks(text.Length, [.. text.Chunk(Size).Select(piece => MarkOf(new string(piece)))]);

    /// <summary>What was found at one place, and what stood there where trying it out has shown it.</summary>
    /// <param name="Whole">The whole text as it was; null when it was not found.</param>
    public sealed record Place(int From, int To, string Found, string? Whole);

    /// <summary>The place at which a text differs from the one these are of; null when the marks tell nothing.</summary>
    public Place? Find(string found, Func<string, bool> fits)
    {
        if (Pieces is null || Length < 0 || Pieces.Count != (Length + Size - 1) / Size) return null;

        var shift = found.Length - Length;
        var first = 0;
        while (first < Pieces.Count && Matches(first, found, 0)) first++;
        if (first == Pieces.Count) return null;

        var last = Pieces.Count - 1;
        while (last > first && Matches(last, found, shift)) last--;

        var (from, to) = (first * Size, Math.Clamp(EndOf(last) + shift, Math.Min(first * Size, found.Length), found.Length));
        if (from > found.Length) return null;
        var (before, inside, after) = (found[..from], found[from..to], found[to..]);
        var whole = first == last
            ? Edits.Before(inside, piece => MarkOf(piece) == Pieces[first] && fits(before + piece + after))
            : Edits.Between(inside, EndOf(last) - from, piece => fits(before + piece + after));
        return new Place(from, to, inside, whole is null ? null : before + whole + after);
    }

    private bool Matches(int piece, string text, int shift)
    {
        var (from, to) = (piece * Size + shift, EndOf(piece) + shift);
        return from >= 0 && to <= text.Length && MarkOf(text[from..to]) == Pieces[piece];
    }

    private int EndOf(int piece) => Math.Min((piece + 1) * Size, Length);

    private static string MarkOf(string piece) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(piece)))[..16];

    public bool Equals(TextMarks? other) => other is not null && Length == other.Length && Pieces.SequenceEqual(other.Pieces);
    public override int GetHashCode() => HashCode.Combine(Length, Pieces.Count);
}
