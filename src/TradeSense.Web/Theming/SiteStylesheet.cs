using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.FileProviders;

namespace TradeSense.Web.Theming;

/// <summary>All style sheets as one file in cascade layers: kit, theme, base, components. Kept as separate small files, sent as one,
/// because a layer cannot be named on a link element and twenty requests on every page would be felt.</summary>
public sealed class SiteStylesheet(IWebHostEnvironment environment)
{
    private const string Order = "@layer kit, theme, base, components, utilities;\n";
    private volatile Rendered? _rendered;

    public sealed record Rendered(byte[] Plain, byte[] Brotli, string Hash, DateTimeOffset NewestSource);

    /// <summary>Read once; in development again whenever a file changed.</summary>
    public Rendered Current()
    {
        var rendered = _rendered;
        if (rendered is not null && (!environment.IsDevelopment() || rendered.NewestSource == Newest())) return rendered;

        return _rendered = Render();
    }

    private Rendered Render()
    {
        var css = new StringBuilder(Order);
        css.Append("@layer kit {\n").Append(Kit()).Append("\n}\n");
        css.Append("@layer base {\n").AppendJoin('\n', Sources("css").Select(Text)).Append("\n}\n");
        css.Append("@layer components {\n").AppendJoin('\n', Sources("css/components").Select(Text)).Append("\n}\n");

        var plain = Encoding.UTF8.GetBytes(css.ToString());
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true)) brotli.Write(plain);
        return new Rendered(plain, packed.ToArray(), ThemeStylesheet.HashOf(css.ToString()), Newest());
    }

    /// <summary>The kit's own character-set rule is only legal at the start of a file.</summary>
    private string Kit() => Text(environment.WebRootFileProvider.GetFileInfo("lib/tabler/tabler.min.css")).Replace("@charset \"UTF-8\";", "", StringComparison.Ordinal);

    private DateTimeOffset Newest() => Sources("css").Concat(Sources("css/components")).Max(file => file.LastModified);

    private IEnumerable<IFileInfo> Sources(string folder) => environment.WebRootFileProvider.GetDirectoryContents(folder)
        .Where(file => !file.IsDirectory && file.Name.EndsWith(".css", StringComparison.Ordinal))
        .OrderBy(file => file.Name, StringComparer.Ordinal);

    private static string Text(IFileInfo file)
    {
        using var reader = new StreamReader(file.CreateReadStream());
        return reader.ReadToEnd();
    }
}
