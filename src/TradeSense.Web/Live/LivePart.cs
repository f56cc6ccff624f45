using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TradeSense.Web.Live;

/// <summary>A partial as it goes over the line. Who has sent it remembers its mark, sixteen bytes, and not its text: a stream lives for hours and there are thousands.</summary>
public sealed class LivePart(string html)
{
    private Framed? _framed;

    public ReadOnlyMemory<byte> Html { get; } = Encoding.UTF8.GetBytes(html);

    /// <summary>Tells one text from another.</summary>
    internal UInt128 Mark { get; } = MarkOf(html);

    private sealed record Framed(string ElementId, byte[] Lines);

    internal static UInt128 MarkOf(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    /// <summary>The lines of an event's data that have the browser morph that element into the partial; made once for all who watch the same.</summary>
    internal ReadOnlyMemory<byte> LinesFor(string elementId)
    {
        if (_framed is { } framed && framed.ElementId == elementId) return framed.Lines;

        var lines = new ArrayBufferWriter<byte>(Html.Length + Html.Length / 8 + 128);
        lines.Write(Encoding.UTF8.GetBytes($"data: <hx-partial hx-target=\"#{elementId}\" hx-swap=\"outerMorph\">"));
        AddLines(lines, Html.Span);
        lines.Write("</hx-partial>\n"u8);
        _framed = new Framed(elementId, lines.WrittenSpan.ToArray());
        return _framed.Lines;
    }

    /// <summary>A line break of any kind must not end the message early.</summary>
    private static void AddLines(ArrayBufferWriter<byte> lines, ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var at)
        {
            lines.Write(text[..at]);
            lines.Write("\ndata: "u8);
            text = text[(at + (text[at..].StartsWith("\r\n"u8) ? 2 : 1))..];
        }

        lines.Write(text);
    }
}
