using System.Buffers;
using System.Text;
using TradeSense.Web.Live;

namespace TradeSense.Web.Kept;

/// <summary>What stands at one of a page's open places in this response.</summary>
public sealed record Filling(string Name, LivePart Part);

/// <summary>
/// A page's bytes, cut where responses differ: at the nonce and the form token of the response it was made for, both random and told to nobody before, so that no text of
/// anybody's can look like them, and at the places a <c>&lt;hole&gt;</c> left open.
/// </summary>
internal sealed class CutPage
{
    private readonly List<(ReadOnlyMemory<byte> Before, Cut Cut)> _pieces = [];
    private readonly ReadOnlyMemory<byte> _rest;

    public CutPage(ReadOnlyMemory<byte> page, string nonce, string token)
    {
        var (nonceBytes, tokenBytes) = (Encoding.ASCII.GetBytes(nonce), Encoding.ASCII.GetBytes(token));
        while (Next(page.Span, nonceBytes, tokenBytes) is { } cut)
        {
            _pieces.Add((page[..cut.At], cut));
            page = page[(cut.At + cut.Length)..];
        }

        _rest = page;
        Size = _rest.Length + _pieces.Sum(piece => piece.Before.Length);
    }

    private enum CutKind { Nonce, Token, Hole }

    private sealed record Cut(CutKind Kind, int At, int Length, string Name = "");

    /// <summary>Bytes without what fills it.</summary>
    public int Size { get; }

    /// <summary>The mark a hole leaves in the page.</summary>
    public static string MarkOf(string hole, string nonce) => $"<!--{nonce}:{hole}-->";

    /// <summary>The page for another response.</summary>
    public ReadOnlyMemory<byte>[] For(string nonce, string token, IReadOnlyList<Filling> fillings)
    {
        var (nonceBytes, tokenBytes) = (Encoding.ASCII.GetBytes(nonce), Encoding.ASCII.GetBytes(token));
        var page = new ReadOnlyMemory<byte>[_pieces.Count * 2 + 1];
        for (var i = 0; i < _pieces.Count; i++)
        {
            page[i * 2] = _pieces[i].Before;
            page[i * 2 + 1] = _pieces[i].Cut.Kind switch
            {
                CutKind.Nonce => nonceBytes,
                CutKind.Token => tokenBytes,
                _ => FillingOf(_pieces[i].Cut.Name, fillings),
            };
        }

        page[^1] = _rest;
        return page;
    }

    private static ReadOnlyMemory<byte> FillingOf(string hole, IReadOnlyList<Filling> fillings)
    {
        foreach (var filling in fillings)
            if (filling.Name == hole) return filling.Part.Html;
        throw new InvalidOperationException($"Nothing fills the page's hole “{hole}”.");
    }

    private static Cut? Next(ReadOnlySpan<byte> page, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> token)
    {
        var (atNonce, atToken) = (page.IndexOf(nonce), page.IndexOf(token));
        if (atNonce < 0 && atToken < 0) return null;
        if (atNonce < 0 || (atToken >= 0 && atToken < atNonce)) return new Cut(CutKind.Token, atToken, token.Length);

        var after = page[(atNonce + nonce.Length)..];
        if (!page[..atNonce].EndsWith("<!--"u8) || after is not [(byte)':', ..]) return new Cut(CutKind.Nonce, atNonce, nonce.Length);

        var length = after.IndexOf("-->"u8);
        return new Cut(CutKind.Hole, atNonce - 4, 4 + nonce.Length + length + 3, Encoding.UTF8.GetString(after[1..length]));
    }
}
