using System.Text.RegularExpressions;

namespace TradeSense.Tests.Conventions;

/// <summary>Words and addresses that may not stand in any file.</summary>
public static partial class WordRules
{
    public static IEnumerable<Rule> All =>
    [
        new("Nothing is left to do later, folded away or switched off",
            file => file.IsCode || file.IsMarkup || Path.GetExtension(file.Path) is ".js" or ".css" or ".sql" or ".sh" ? Matches(file, Later()) : [],
            new SourceFile("src/A.cs", "// TO" + "DO: finish"), new SourceFile("src/B.cs", "#reg" + "ion private"), new SourceFile("src/C.cs", "#prag" + "ma warning disable"),
            new SourceFile("migrations/1.sql", "-- HA" + "CK")),

        new("A silenced warning says why on its line",
            file => Path.GetExtension(file.Path) is ".csproj" or ".props" or ".targets"
                ? file.Lines.Where(line => line.Contains("<NoWarn>", StringComparison.Ordinal) && !line.Contains("<!--", StringComparison.Ordinal)).Select(line => $"{file.Path}: {line.Trim()}")
                : [],
            new SourceFile("src/A.csproj", "<NoWarn>CS1591</NoWarn>")),

        new("No file names a folder of somebody's machine",
            file => Matches(file, MachinePath()),
            new SourceFile("README.md", "run it in /ho" + "me/anna/tradesense"), new SourceFile("src/A.cs", "\"/wo" + "rk/main\"")),

        new("No file names a package registry's host",
            file => Matches(file, Registry()),
            new SourceFile("package-lock.json", "\"resolved\": \"https:" + "//registry.example.org/htmx\""), new SourceFile("nuget.config", "value=\"https:" + "//api.nuget.example/v3\"")),

        new("Pages keep behaviour and style out of attributes, which the content security policy blocks",
            file => file.IsMarkup ? Matches(file, Inline()) : [],
            new SourceFile("src/A.cshtml", "<p style=\"color:red\">"), new SourceFile("src/B.cshtml", "<a onclick=\"go()\">"), new SourceFile("src/C.cshtml", "<a hx-on:click=\"go()\">"),
            new SourceFile("src/D.cshtml", "<a href=\"javascript:go()\">")),
    ];

    private static IEnumerable<string> Matches(SourceFile file, Regex pattern) =>
        pattern.Matches(file.Text).Select(match => $"{file.Path}:{file.Text.AsSpan(0, match.Index).Count('\n') + 1}: {match.Value.Trim()}");

    [GeneratedRegex(@"\b(TO" + "DO|HA" + "CK|FIX" + @"ME)\b|^\s*#(region|pragma)\b", RegexOptions.Multiline)]
    private static partial Regex Later();

    [GeneratedRegex(@"(?<![\w.}~/])/(work|home|root|Users)/[\w.-]+")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"https?://[\w.:-]*(nuget|npm|registry|artifact|nexus|proxy|mirror)[\w.:-]*", RegexOptions.IgnoreCase)]
    private static partial Regex Registry();

    [GeneratedRegex(@"\sstyle\s*=\s*[""']|\son[a-z]+\s*=\s*[""']|\s(data-)?hx-on\b|[""']javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}
