using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace TradeSense.Tests.Kyc;

/// <summary>Documents made byte by byte, so that a test can bend exactly one thing.</summary>
internal static class SampleDocument
{
    public static byte[] Png(int width = 640, int height = 400, string? text = null)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 0);
        Chunk(file, "IHDR", header);
        if (text is not null) Chunk(file, "tEXt", Encoding.Latin1.GetBytes("Comment\0" + text));
        Chunk(file, "IDAT", Packed(new byte[Math.Min(height, 2000) * (1 + Math.Min(width, 2000))]));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    public static byte[] Jpeg(int width = 640, int height = 400, byte orientation = 6, string place = "GPS 48.8584 N", string trailer = "")
    {
        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        Segment(file, 0xE0, "JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0");
        Segment(file, 0xE1, "Exif\0\0MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0" + (char)orientation + "\0\0\0\0\0\0" + place);
        Segment(file, 0xFE, "taken by somebody");
        Segment(file, 0xC0, $"\b{(char)(height >> 8)}{(char)(height & 255)}{(char)(width >> 8)}{(char)(width & 255)}\u0001\u0001\u0011\0");
        Segment(file, 0xDA, "\u0001\u0001\0\0?\0");
        file.Write([0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56]);
        file.Write([0xFF, 0xD9]);
        file.Write(Encoding.Latin1.GetBytes(trailer));
        return file.ToArray();
    }

    public static byte[] Pdf(string extra = "", string trailer = "") => Encoding.Latin1.GetBytes(
        $"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R {extra} >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n" +
        $"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>\nendobj\ntrailer\n<< /Root 1 0 R {trailer} >>\nstartxref\n9\n%%EOF\n");

    /// <summary>A PDF whose objects stand in a compressed stream, where a search through the plain bytes finds nothing.</summary>
    public static byte[] PdfWithPackedObject(string content)
    {
        var packed = Encoding.Latin1.GetString(Packed(Encoding.Latin1.GetBytes(content)));
        return Encoding.Latin1.GetBytes(
            $"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 0 /Kids [] >>\nendobj\n" +
            $"4 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {packed.Length} >>\nstream\n{packed}\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");
    }

    private static byte[] Packed(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(plain);
        return packed.ToArray();
    }

    private static void Segment(MemoryStream file, byte marker, string body)
    {
        file.Write([0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)((body.Length + 2) & 255)]);
        file.Write(Encoding.Latin1.GetBytes(body));
    }

    private static void Chunk(MemoryStream file, string type, byte[] body)
    {
        var chunk = new byte[body.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(chunk, 4);
        body.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(body.Length + 8), Crc(chunk.AsSpan(4, body.Length + 4)));
        file.Write(chunk);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        return ~crc;
    }
}
