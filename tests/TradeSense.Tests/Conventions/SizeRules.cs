using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TradeSense.Tests.Conventions;

/// <summary>Pain sits in the longest files and methods, never in the median: so the tail is cut.</summary>
public static class SizeRules
{
    private const int File = 400, Method = 70, Fragment = 60, Page = 120, Handler = 15, Job = 20, Dependencies = 6, ModuleReadme = 30;

    public static IEnumerable<Rule> All =>
    [
        new($"A file has at most {File} lines",
            file => file.IsCode || Path.GetExtension(file.Path) is ".js" or ".css" or ".sh" or "" ? Over(file.Path, file.LineCount, File) : [],
            new SourceFile("src/Long.cs", Times("// A line.\n", File + 1)), new SourceFile("tradesense", Times("true\n", File + 1))),

        new($"A method has at most {Method} lines",
            file => file.Nodes<SyntaxNode>().Where(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax)
                .SelectMany(node => Over(file.At(node), LinesOf(node), Method)),
            new SourceFile("src/Long.cs", $"class C {{ void M() {{\n{Times("M();\n", Method)}}} }}")),

        new($"A fragment has at most {Fragment} lines, a page {Page}",
            file => file.IsMarkup ? Over(file.Path, file.LineCount, file.Name.StartsWith('_') ? Fragment : Page) : [],
            new SourceFile("src/Pages/_Row.cshtml", Times("<p></p>\n", Fragment + 1)), new SourceFile("src/Pages/Index.cshtml", Times("<p></p>\n", Page + 1))),

        new($"A page handler has at most {Handler} lines",
            file => !file.Path.Contains("/Pages/", StringComparison.Ordinal) ? [] : file.Nodes<MethodDeclarationSyntax>()
                .Where(method => method.Identifier.Text is ['O', 'n', ..] name && (name.StartsWith("OnGet", StringComparison.Ordinal) || name.StartsWith("OnPost", StringComparison.Ordinal)))
                .SelectMany(method => Over(file.At(method), Inside(method), Handler)),
            new SourceFile("src/TradeSense.Web/Pages/Index.cshtml.cs", $"class IndexModel {{ void OnPost()\n{{\n{Times("M();\n", Handler + 1)}}}\n}}")),

        new($"A job has at most {Job} lines",
            file => file.Nodes<ClassDeclarationSyntax>().Where(type => type.Identifier.Text.EndsWith("Job", StringComparison.Ordinal))
                .SelectMany(type => type.Members.OfType<MethodDeclarationSyntax>()).Where(method => method.Identifier.Text == "Execute")
                .SelectMany(method => Over(file.At(method), Inside(method), Job)),
            new SourceFile("src/PayJob.cs", $"class PayJob {{ void Execute()\n{{\n{Times("M();\n", Job + 1)}}}\n}}")),

        new($"A class has at most {Dependencies} dependencies",
            file => !file.IsProduct ? [] : file.Nodes<ClassDeclarationSyntax>().Where(type => type.ParameterList is not null)
                .SelectMany(type => Over(file.At(type), type.ParameterList!.Parameters.Count, Dependencies)),
            new SourceFile("src/Wide.cs", "class Wide(int a, int b, int c, int d, int e, int f, int g);")),

        new($"A module's README has at most {ModuleReadme} lines",
            file => file.Path.StartsWith("src/TradeSense.Modules/", StringComparison.Ordinal) && file.Name == "README.md" ? Over(file.Path, file.LineCount, ModuleReadme) : [],
            new SourceFile("src/TradeSense.Modules/X/README.md", Times("words\n", ModuleReadme + 1))),
    ];

    private static IEnumerable<string> Over(string what, int count, int limit) => count > limit ? [$"{what}: {count}, at most {limit}"] : [];

    private static int LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    /// <summary>Lines between a method's braces; an expression counts its own.</summary>
    private static int Inside(MethodDeclarationSyntax method) =>
        method.Body is { } body ? LinesOf(body) - 2 : method.ExpressionBody is { } expression ? LinesOf(expression) : 0;

    private static string Times(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
