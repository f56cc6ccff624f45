using System.Text;
using TradeSense.Modules.Kyc;

namespace TradeSense.Tests.Kyc;

public sealed class DocumentFileTests
{
    public static TheoryData<string, byte[], string> Hostile => new()
    {
        { "id.png", [], "kyc.file_empty" },
        { "id.png", new byte[DocumentFile.LargestBytes + 1], "kyc.file_large" },
        { "id.exe", SampleDocument.Png(), "kyc.file_type" },
        { "id.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"u8.ToArray(), "kyc.file_type" },
        { "id.png.html", SampleDocument.Png(), "kyc.file_type" },
        { "id", SampleDocument.Png(), "kyc.file_type" },
        { "id.jpg", "<html><script>alert(1)</script></html>"u8.ToArray(), "kyc.file_differs" },
        { "id.png", SampleDocument.Jpeg(), "kyc.file_differs" },
        { "id.jpeg", SampleDocument.Pdf(), "kyc.file_differs" },
        { "id.pdf", "MZ\u0090 not a document"u8.ToArray(), "kyc.file_differs" },
        { "id.png", SampleDocument.Png()[..^20], "kyc.file_broken" },
        { "id.png", Bent(SampleDocument.Png(), 60), "kyc.file_broken" },
        { "id.png", SampleDocument.Png()[..8], "kyc.file_broken" },
        { "id.jpg", SampleDocument.Jpeg()[..^2], "kyc.file_broken" },
        { "id.jpg", [0xFF, 0xD8, 0xFF, 0xD9], "kyc.file_broken" },
        { "id.jpg", [0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, 1, 2], "kyc.file_broken" },
        { "id.png", SampleDocument.Png(10_000, 10_000), "kyc.image_large" },
        { "id.jpg", SampleDocument.Jpeg(65_500, 65_500), "kyc.image_large" },
        { "id.png", SampleDocument.Png(40, 40), "kyc.image_small" },
        { "id.pdf", "%PDF-1.7\nnothing more"u8.ToArray(), "kyc.file_broken" },
        { "id.pdf", SampleDocument.Pdf(trailer: "/Encrypt 9 0 R"), "kyc.pdf_encrypted" },
        { "id.pdf", SampleDocument.Pdf("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "kyc.pdf_active" },
        { "id.pdf", SampleDocument.Pdf("/OpenAction << /S /J#61vaScript /J#53 (app.alert(1)) >>"), "kyc.pdf_active" },
        { "id.pdf", SampleDocument.Pdf("/Names << /EmbeddedFiles 7 0 R >>"), "kyc.pdf_active" },
        { "id.pdf", SampleDocument.Pdf("/AA << /O << /S /Launch >> >>"), "kyc.pdf_active" },
        { "id.pdf", SampleDocument.Pdf("/AcroForm << /XFA 7 0 R >>"), "kyc.pdf_active" },
        { "id.pdf", SampleDocument.PdfWithPackedObject("5 0 << /S /JavaScript /JS (app.alert(1)) >>"), "kyc.pdf_active" },
        { "id.pdf", SampleDocument.PdfWithPackedObject(new string(' ', 30 * 1024 * 1024)), "kyc.file_broken" },
        { "id.pdf", Unended(SampleDocument.PdfWithPackedObject("5 0 << /S /JavaScript >>")), "kyc.file_broken" },
    };

    [Theory, MemberData(nameof(Hostile), DisableDiscoveryEnumeration = true)]
    public void A_hostile_or_broken_file_is_refused_with_its_reason(string name, byte[] bytes, string code) =>
        Assert.Equal(code, DocumentFile.Check(name, bytes).Refusal?.Code);

    [Theory]
    [InlineData("passport.pdf", DocumentFormat.Pdf)]
    [InlineData("Card.PNG", DocumentFormat.Png)]
    [InlineData("scan.final.jpeg", DocumentFormat.Jpeg)]
    public void An_honest_document_is_taken(string name, DocumentFormat format)
    {
        var bytes = format switch { DocumentFormat.Pdf => SampleDocument.Pdf(), DocumentFormat.Png => SampleDocument.Png(), _ => SampleDocument.Jpeg() };

        Assert.Equal(format, DocumentFile.Check(name, bytes).Value.Format);
    }

    [Fact]
    public void A_picture_loses_its_place_and_whatever_follows_it_but_stays_upright()
    {
        var kept = DocumentFile.Check("id.jpg", SampleDocument.Jpeg(orientation: 6, trailer: "<script>alert(1)</script>")).Value.Bytes;
        var text = Encoding.Latin1.GetString(kept);

        Assert.DoesNotContain("GPS", text);
        Assert.DoesNotContain("somebody", text);
        Assert.DoesNotContain("script", text);
        Assert.Contains("Exif\0\0MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006", text);
        Assert.Equal(kept, DocumentFile.Check("again.jpg", kept).Value.Bytes);
    }

    [Fact]
    public void The_texts_of_a_png_are_left_out()
    {
        var kept = DocumentFile.Check("id.png", SampleDocument.Png(text: "home of somebody")).Value.Bytes;

        Assert.Equal(SampleDocument.Png(), kept);
    }

    [Fact]
    public void A_file_of_random_bytes_never_breaks_the_check()
    {
        var random = new Random(20261121);
        foreach (var sample in (byte[][])[SampleDocument.Png(), SampleDocument.Jpeg(), SampleDocument.Pdf("/OpenAction 7 0 R")])
            for (var i = 0; i < 300; i++)
            {
                var bytes = (byte[])sample.Clone();
                for (var hit = 0; hit < 4; hit++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                foreach (var name in (string[])["a.png", "a.jpg", "a.pdf"]) DocumentFile.Check(name, bytes[..random.Next(bytes.Length + 1)]);
            }
    }

    private static byte[] Bent(byte[] bytes, int at)
    {
        bytes[at] ^= 0x40;
        return bytes;
    }

    private static byte[] Unended(byte[] pdf) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(pdf).Replace("endstream", "endstrean", StringComparison.Ordinal));
}
