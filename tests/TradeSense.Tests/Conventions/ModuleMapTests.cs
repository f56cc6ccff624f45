using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TradeSense.Tests.Conventions;

/// <summary>Which module may name which. Read by meaning, not by text: a sibling's type needs no using directive to be reached.</summary>
public sealed class ModuleMapTests
{
    private const string Root = "TradeSense.Modules.";

    /// <summary>What every module stands on.</summary>
    private static readonly string[] Ground = ["Tenancy", "Database", "Audit", "Notifications", "Jobs"];

    /// <summary>Module → what it may name beyond the ground. A new arrow is a decision: the other way round, an event through the outbox will do.</summary>
    private static readonly Dictionary<string, string[]> Map = new()
    {
        ["Tenancy"] = [],
        ["Database"] = [],
        ["Audit"] = [],
        // Who is told is a person, and people get mail: these two know each other.
        ["Notifications"] = ["Identity"],
        ["Identity"] = [],
        ["Jobs"] = [],
        ["Ledger"] = [],
        ["Trading"] = [],
        // Who is told of a price has an address.
        ["Alerts"] = ["Identity", "Trading"],
        // Appeals are between people: the trader who is told, the staff who decide.
        ["Risk"] = ["Identity", "Trading"],
        ["Challenges"] = ["Identity", "Trading", "Risk", "Kyc"],
        ["Kyc"] = ["Identity"],
        ["Payments"] = ["Identity", "Ledger", "Challenges", "Trading"],
        ["Payouts"] = ["Identity", "Ledger", "Challenges", "Trading", "Risk", "Kyc", "Payments"],
        ["Content"] = [],
        ["Analytics"] = ["Identity", "Kyc", "Jobs", "Ledger", "Challenges", "Trading", "Risk", "Payments", "Payouts"],
    };

    [Fact]
    public void Modules_name_only_what_the_map_allows()
    {
        var files = SourceFile.All.Where(file => file.IsCode && file.Path.StartsWith("src/TradeSense.Modules/", StringComparison.Ordinal));

        Verdict.NoOffences(Offences(files));
    }

    [Theory]
    [InlineData("using TradeSense.Modules.Payouts; namespace TradeSense.Modules.Ledger; class L { Payout? p; }")]
    [InlineData("namespace TradeSense.Modules.Ledger; class L { Payouts.Payout? p; }")]
    [InlineData("namespace TradeSense.Modules.Ledger; class L { object p = Payouts.Payout.Make(); }")]
    [InlineData("namespace TradeSense.Modules.Weather; class Cloud;")]
    public void An_arrow_that_is_not_on_the_map_is_found(string source)
    {
        var payouts = new SourceFile("src/TradeSense.Modules/Payouts/Payout.cs", "namespace TradeSense.Modules.Payouts; class Payout { public static Payout Make() => new(); }");

        Assert.NotEmpty(Offences([payouts, new SourceFile("src/TradeSense.Modules/Ledger/L.cs", source)]));
    }

    private static List<string> Offences(IEnumerable<SourceFile> files)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(file.Text, options, file.Path)).ToList();
        var usings = CSharpSyntaxTree.ParseText("global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading; global using System.Threading.Tasks; global using System.IO;", options);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is not "TradeSense.Modules.dll").Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("modules", [usings, .. trees], references);
        return [.. trees.SelectMany(tree => Offences(compilation.GetSemanticModel(tree))).Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Offences(SemanticModel model)
    {
        var tree = model.SyntaxTree;
        foreach (var declaration in tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>())
        {
            if (ModuleOf(declaration.Name.ToString()) is not { } module) continue;
            if (!Map.TryGetValue(module, out var allowed))
            {
                yield return $"{tree.FilePath}: the module {module} is not on the map";
                continue;
            }

            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (model.GetSymbolInfo(name).Symbol is not { } symbol || symbol is INamespaceSymbol || !SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, model.Compilation.Assembly)) continue;
                if (ModuleOf(symbol.ContainingNamespace?.ToDisplayString() ?? "") is { } other && other != module && !Ground.Contains(other) && !allowed.Contains(other))
                    yield return $"{tree.FilePath}:{name.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {module} names {other} ({symbol.Name})";
            }
        }
    }

    private static string? ModuleOf(string @namespace) => @namespace.StartsWith(Root, StringComparison.Ordinal) ? @namespace[Root.Length..].Split('.')[0] : null;
}
