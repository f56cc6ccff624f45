using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace TradeSense.Modules.Kyc;

/// <summary>
/// Judges a PDF by the names in it. Refused: encryption, scripts, actions, forms and attachments, also when a name is written with #-escapes
/// or stands inside a compressed object stream. Reviewers get PDFs as downloads under a sandbox, so this is the first of two walls.
/// </summary>
internal static partial class PdfFile
{
    /// <summary>More than this in all object streams is a bomb, not a scan.</summary>
    private const int LargestObjects = 20 * 1024 * 1024;

    private static readonly HashSet<string> Active =
        ["JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA", "AcroForm", "SubmitForm", "ImportData", "GoToR", "GoToE", "Rendition", "Movie", "Sound", "AA"];

    public static Result Check(byte[] file)
    {
        // Latin-1 maps every byte to one character, so offsets in the text are offsets in the file.
        var text = Encoding.Latin1.GetString(file);
        if (!Header().IsMatch(text[..Math.Min(16, text.Length)]) || !text[Math.Max(0, text.Length - 2048)..].Contains("%%EOF", StringComparison.Ordinal)) return KycRefusal.FileBroken;

        var names = NamesOf(Streams().Replace(text, " ")).ToList();
        if (names.Contains("Encrypt")) return KycRefusal.PdfEncrypted;

        var (objectStreams, room) = (0, LargestObjects);
        foreach (var stream in Streams().Matches(text).Where(stream => IsObjectStream(text, stream.Index)))
        {
            if (Inflate(file, stream.Groups["body"], ref room) is not { } objects) return KycRefusal.FileBroken;
            names.AddRange(NamesOf(objects));
            objectStreams++;
        }

        // An object stream that was announced but not found would go unread here and be read by a more forgiving viewer.
        if (names.Count(name => name is "ObjStm") != objectStreams) return KycRefusal.FileBroken;
        if (names.Exists(Active.Contains)) return KycRefusal.PdfActive;
        return names.Contains("Page") || names.Contains("Pages") ? Result.Ok : KycRefusal.FileBroken;
    }

    private static IEnumerable<string> NamesOf(string text) => Names().Matches(text).Select(name => Unescape(name.Groups[1].Value));

    private static string Unescape(string name) => !name.Contains('#', StringComparison.Ordinal) ? name : Escape().Replace(name, match =>
        ((char)int.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    /// <summary>The stream's dictionary stands before it, back to the object's start.</summary>
    private static bool IsObjectStream(string text, int streamAt)
    {
        var start = text.LastIndexOf(" obj", streamAt, Math.Min(streamAt, 4096), StringComparison.Ordinal);
        return start >= 0 && NamesOf(text[start..streamAt]).Contains("ObjStm");
    }

    /// <summary>Null when it is not plain Flate or unpacks to more than a scan can need.</summary>
    private static string? Inflate(byte[] file, Group stream, ref int room)
    {
        try
        {
            using var packed = new ZLibStream(new MemoryStream(file, stream.Index, stream.Length), CompressionMode.Decompress);
            using var objects = new MemoryStream();
            var buffer = new byte[81920];
            for (int read; (read = packed.Read(buffer)) > 0;)
            {
                objects.Write(buffer, 0, read);
                if ((room -= read) < 0) return null;
            }

            return Encoding.Latin1.GetString(objects.GetBuffer(), 0, (int)objects.Length);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^%PDF-[12]\.[0-9]")]
    private static partial Regex Header();

    [GeneratedRegex(@"\bstream\r?\n(?<body>.*?)\r?\n?endstream", RegexOptions.Singleline)]
    private static partial Regex Streams();

    [GeneratedRegex(@"/([^\s/<>\[\](){}%]+)")]
    private static partial Regex Names();

    [GeneratedRegex("#([0-9A-Fa-f]{2})")]
    private static partial Regex Escape();
}
