namespace TradeSense.Modules.Kyc;

/// <summary>
/// An uploaded file, judged before anything is kept: size, extension, first bytes, structure. What is returned is not the upload itself:
/// pictures come back without metadata (place, device, thumbnails) and without whatever followed their end.
/// </summary>
public static class DocumentFile
{
    public const int LargestMegabytes = 10;
    public const int LargestBytes = LargestMegabytes * 1024 * 1024;

    private const int LargestMegapixels = 40;

    /// <summary>Below this a document's small print cannot be read.</summary>
    private const int LeastPixels = 300;

    public sealed record Checked(DocumentFormat Format, byte[] Bytes);

    public static Result<Checked> Check(string fileName, byte[] bytes)
    {
        if (bytes.Length == 0) return KycRefusal.FileEmpty;
        if (bytes.Length > LargestBytes) return KycRefusal.FileLarge.With(LargestMegabytes);

        var extension = Path.GetExtension(fileName).ToLowerInvariant();
        if (FormatOf(extension) is not { } format) return KycRefusal.FileType;
        if (!bytes.AsSpan().StartsWith(FirstBytes(format))) return KycRefusal.FileDiffers.With(extension);

        return format switch
        {
            DocumentFormat.Jpeg => Picture(format, JpegFile.Read(bytes)),
            DocumentFormat.Png => Picture(format, PngFile.Read(bytes)),
            DocumentFormat.Pdf => PdfFile.Check(bytes) is { IsRefused: true } refused ? refused.Refusal : new Checked(format, bytes),
            _ => throw new ArgumentOutOfRangeException(nameof(fileName)),
        };
    }

    private static Result<Checked> Picture(DocumentFormat format, PlainPicture? picture)
    {
        if (picture is null) return KycRefusal.FileBroken;
        if ((long)picture.Width * picture.Height > LargestMegapixels * 1_000_000L) return KycRefusal.ImageLarge.With(LargestMegapixels);
        if (picture.Width < LeastPixels || picture.Height < LeastPixels) return KycRefusal.ImageSmall.With(LeastPixels, LeastPixels);

        return new Checked(format, picture.Bytes);
    }

    private static DocumentFormat? FormatOf(string extension) => extension switch
    {
        ".jpg" or ".jpeg" => DocumentFormat.Jpeg,
        ".png" => DocumentFormat.Png,
        ".pdf" => DocumentFormat.Pdf,
        _ => null,
    };

    private static ReadOnlySpan<byte> FirstBytes(DocumentFormat format) => format switch
    {
        DocumentFormat.Jpeg => [0xFF, 0xD8, 0xFF],
        DocumentFormat.Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A],
        DocumentFormat.Pdf => "%PDF-"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}

/// <summary>A picture that was read to its end and written again without metadata.</summary>
internal sealed record PlainPicture(int Width, int Height, byte[] Bytes);
