using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Conventions;

/// <summary>A file of the repository, or a sample a rule must reject. Paths are relative to the root, with forward slashes.</summary>
public sealed record SourceFile(string Path, string Text)
{
    private static readonly string[] Left = ["bin", "obj", "node_modules", ".git", ".data", "artifacts", "TestResults", ".vs", ".idea"];
    private static readonly string[] Kinds =
        [".cs", ".cshtml", ".css", ".js", ".json", ".sql", ".sh", ".md", ".csproj", ".props", ".targets", ".yaml", ".yml", ".txt", ".config", ".editorconfig", ".sln", ""];

    private readonly Lazy<SyntaxNode> _syntax = new(() => CSharpSyntaxTree.ParseText(Text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot());

    /// <summary>Everything people wrote: sources, pages, scripts, settings, documents.</summary>
    public static IReadOnlyList<SourceFile> All { get; } = [.. Walk(new DirectoryInfo(Repository.Root)).OrderBy(file => file.Path, StringComparer.Ordinal)];

    public string Name => System.IO.Path.GetFileName(Path);
    public bool IsCode => Path.EndsWith(".cs", StringComparison.Ordinal);
    public bool IsMarkup => Path.EndsWith(".cshtml", StringComparison.Ordinal);
    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal);
    public string[] Lines => Text.Split('\n');

    /// <summary>The number of lines a person sees: a final line break adds none.</summary>
    public int LineCount => Text.TrimEnd('\n').Split('\n').Length;

    public IEnumerable<T> Nodes<T>() where T : SyntaxNode => IsCode ? _syntax.Value.DescendantNodes().OfType<T>() : [];

    public string At(SyntaxNode node) => $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    private static IEnumerable<SourceFile> Walk(DirectoryInfo folder)
    {
        foreach (var below in folder.EnumerateDirectories())
            if (!Left.Contains(below.Name) && below is not { Name: "lib", Parent.Name: "wwwroot" })
                foreach (var file in Walk(below)) yield return file;

        foreach (var file in folder.EnumerateFiles())
            if (Kinds.Contains(file.Extension) && file.Name != ".git" && file.Length < 2_000_000)
                yield return new SourceFile(System.IO.Path.GetRelativePath(Repository.Root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName));
    }
}

/// <summary>A rule about files, one at a time. It carries the samples it must reject: a rule that rejects nothing is no rule.</summary>
/// <param name="Offences">Where the file breaks the rule, and how.</param>
public sealed record Rule(string Name, Func<SourceFile, IEnumerable<string>> Offences, params SourceFile[] MustReject)
{
    public override string ToString() => Name;
}
