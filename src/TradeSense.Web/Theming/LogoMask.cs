using System.Buffers.Binary;
using System.Globalization;

namespace TradeSense.Web.Theming;

/// <summary>
/// A theme's logo as a PNG in any one colour, for e-mails, which show no SVG. The file is a picture of palette entries whose index is the opacity; laying a
/// colour in writes the palette anew and leaves the pixels alone.
/// </summary>
public sealed class LogoMask
{
    private const int Entries = 256, PaletteBytes = Entries * 3;
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private readonly byte[] _file;
    private readonly int _palette;

    private LogoMask(byte[] file, int palette) => (_file, _palette) = (file, palette);

    /// <summary>Null when there is no such file; a file of another kind stops the start.</summary>
    public static LogoMask? Read(string path)
    {
        if (!File.Exists(path)) return null;

        var file = File.ReadAllBytes(path);
        // After the signature: length, type, data and checksum of each part.
        for (var at = Signature.Length; file.AsSpan().StartsWith(Signature) && at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (file.AsSpan(at + 4, 4).SequenceEqual("PLTE"u8) && length == PaletteBytes && at + 12 + length <= file.Length) return new LogoMask(file, at + 4);
            if (length < 0 || length > file.Length) break;
            at += 12 + length;
        }

        throw new InvalidDataException($"{path} is not a PNG with a palette of {Entries}.");
    }

    /// <param name="colour">#RRGGBB.</param>
    public byte[] In(string colour)
    {
        var file = (byte[])_file.Clone();
        var part = file.AsSpan(_palette, 4 + PaletteBytes);
        for (var i = 0; i < PaletteBytes; i++) part[4 + i] = byte.Parse(colour.AsSpan(1 + i % 3 * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(_palette + part.Length), Checksum(part));
        return file;
    }

    /// <summary>CRC-32 as PNG has it.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        return ~crc;
    }
}
