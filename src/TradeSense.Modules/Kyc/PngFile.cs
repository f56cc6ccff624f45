using System.Buffers.Binary;

namespace TradeSense.Modules.Kyc;

/// <summary>Walks a PNG's chunks, each with its checksum, to IEND. Kept: what the picture is drawn from; left out: texts, times, Exif and unknown chunks.</summary>
internal static class PngFile
{
    private const int SignatureSize = 8, ChunkOverhead = 12;
    private static readonly string[] Kept = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "pHYs"];
    private static readonly uint[] CrcTable = MakeCrcTable();

    /// <summary>Null when a chunk is cut off or its checksum is wrong, or the order is not a picture's.</summary>
    public static PlainPicture? Read(ReadOnlySpan<byte> file)
    {
        using var plain = new MemoryStream(file.Length);
        plain.Write(file[..SignatureSize]);
        var (at, width, height, hasPixels) = (SignatureSize, 0, 0, false);
        while (at + ChunkOverhead <= file.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > (uint)(file.Length - at - ChunkOverhead)) return null;

            var chunk = file.Slice(at, (int)length + ChunkOverhead);
            var type = System.Text.Encoding.ASCII.GetString(chunk.Slice(4, 4));
            if (Crc(chunk[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..])) return null;
            if ((at == SignatureSize) != (type is "IHDR")) return null;

            if (type is "IHDR")
            {
                if (length != 13) return null;
                var (w, h) = (BinaryPrimitives.ReadUInt32BigEndian(chunk[8..]), BinaryPrimitives.ReadUInt32BigEndian(chunk[12..]));
                if (w is 0 or > int.MaxValue || h is 0 or > int.MaxValue) return null;
                (width, height) = ((int)w, (int)h);
            }

            hasPixels |= type is "IDAT" && length > 0;
            if (Kept.Contains(type)) plain.Write(chunk);
            if (type is "IEND") return hasPixels ? new PlainPicture(width, height, plain.ToArray()) : null;

            at += chunk.Length;
        }

        return null;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes) crc = CrcTable[(crc ^ value) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }

    /// <summary>CRC-32 as ISO 3309 and the PNG specification's appendix D give it.</summary>
    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            var value = n;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            table[n] = value;
        }

        return table;
    }
}
