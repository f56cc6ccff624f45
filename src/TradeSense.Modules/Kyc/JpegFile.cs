using System.Buffers.Binary;

namespace TradeSense.Modules.Kyc;

/// <summary>Walks a JPEG's segments to its end. Kept: tables, frames, scans, the colour profile and the way up; left out: every other application segment and comment.</summary>
internal static class JpegFile
{
    private const byte StartOfScan = 0xDA, EndOfImage = 0xD9, App0 = 0xE0, App1 = 0xE1, App2 = 0xE2, App14 = 0xEE, App15 = 0xEF, Comment = 0xFE;

    /// <summary>Null when the file is cut off, damaged, or has no frame.</summary>
    public static PlainPicture? Read(ReadOnlySpan<byte> file)
    {
        using var plain = new MemoryStream(file.Length);
        plain.Write([0xFF, 0xD8]);
        var (at, width, height, scans) = (2, 0, 0, 0);
        while (NextMarker(file, ref at) is { } marker)
        {
            if (marker is EndOfImage)
            {
                plain.Write([0xFF, EndOfImage]);
                return scans > 0 && width > 0 && height > 0 ? new PlainPicture(width, height, plain.ToArray()) : null;
            }

            if (Segment(file, at) is not { } length) return null;

            var body = file.Slice(at + 2, length - 2);
            if (IsFrame(marker))
            {
                if (body.Length < 6) return null;
                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(body[1..]), BinaryPrimitives.ReadUInt16BigEndian(body[3..]));
            }

            if (marker is App1) WriteWayUp(plain, body);
            else if (IsKept(marker)) Write(plain, marker, file.Slice(at, length));

            at += length;
            if (marker is not StartOfScan) continue;

            scans++;
            var end = EndOfScan(file, at);
            plain.Write(file[at..end]);
            at = end;
        }

        return null;
    }

    /// <summary>The marker at the position, past its fill bytes; null at the end of the file or where no marker stands.</summary>
    private static byte? NextMarker(ReadOnlySpan<byte> file, ref int at)
    {
        if (at >= file.Length || file[at] is not 0xFF) return null;
        while (at < file.Length && file[at] is 0xFF) at++;
        return at < file.Length && file[at] is not 0 ? file[at++] : null;
    }

    private static int? Segment(ReadOnlySpan<byte> file, int at)
    {
        if (at + 2 > file.Length) return null;
        var length = BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
        return length >= 2 && at + length <= file.Length ? length : null;
    }

    /// <summary>Compressed bytes run to the next marker; FF 00 is a byte of them, FF D0…D7 a restart among them.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> file, int at)
    {
        while (at + 1 < file.Length && !(file[at] is 0xFF && file[at + 1] is not 0 and not (>= 0xD0 and <= 0xD7) and not 0xFF)) at++;
        return at + 1 < file.Length ? at : file.Length;
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC;

    private static bool IsKept(byte marker) => marker is App0 or App2 or App14 or not ((>= App0 and <= App15) or Comment);

    private static void Write(MemoryStream plain, byte marker, ReadOnlySpan<byte> segment)
    {
        plain.Write([0xFF, marker]);
        plain.Write(segment);
    }

    /// <summary>Of Exif only the orientation is kept (tag 0x0112 of the first directory), in a directory of its own, so that a reviewer sees the document upright.</summary>
    private static void WriteWayUp(MemoryStream plain, ReadOnlySpan<byte> body)
    {
        if (Orientation(body) is not (>= 2 and <= 8 and var orientation)) return;

        ReadOnlySpan<byte> exif =
        [
            0xFF, App1, 0, 34, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0, (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8,
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
        ];
        plain.Write(exif);
    }

    private static int? Orientation(ReadOnlySpan<byte> body)
    {
        if (body.Length < 20 || !body.StartsWith("Exif\0\0"u8)) return null;

        var tiff = body[6..];
        var little = tiff[0] is (byte)'I';
        int Short(ReadOnlySpan<byte> bytes) => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
        var start = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (start > tiff.Length - 2) return null;

        var directory = tiff[(int)start..];
        for (int i = 0, count = Short(directory); i < count && 2 + i * 12 + 12 <= directory.Length; i++)
        {
            var entry = directory.Slice(2 + i * 12, 12);
            if (Short(entry) is 0x0112) return Short(entry[8..]);
        }

        return null;
    }
}
