using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TradeSense.Tests.Conventions;

/// <summary>How things are named and what code may not do.</summary>
public static partial class CodeRules
{
    private static readonly string[] Suffixes = ["Manager", "Helper", "Helpers", "Utils", "Util", "Service", "Impl", "Data", "Dto"];
    private static readonly string[] Folders = ["Core", "Common", "Domain", "Application", "Infrastructure", "Helpers", "Utils", "Services", "Interfaces", "Dto", "Dtos", "Managers"];

    /// <summary>Names the framework gave: methods of its interfaces.</summary>
    private static readonly string[] FrameworkNames =
    [
        "StartAsync", "StopAsync", "ExecuteAsync", "ExecuteResultAsync", "DisposeAsync", "InvokeAsync", "CheckHealthAsync", "OnAuthorizationAsync", "OnPageHandlerSelectionAsync", "OnPageHandlerExecutionAsync",
        "OnResultExecutionAsync", "OnResourceExecutionAsync", "OnActionExecutionAsync", "OnExceptionAsync", "BindModelAsync", "AuthenticateAsync", "HandleAsync", "TryHandleAsync", "MoveNextAsync",
    ];

    /// <summary>Places where any exception is caught, and what becomes of it.</summary>
    private static readonly Dictionary<string, string> CatchAll = new()
    {
        ["src/TradeSense.Modules/Database/OutboxPump.cs"] = "a handler that fails is noted on its message and tried again; the other messages go on",
        ["src/TradeSense.Modules/Analytics/OtherPlans/OtherPlanRunner.cs"] = "a replay that breaks off is noted on its run and given up after some tries; the host and the other runs go on",
        ["src/TradeSense.Modules/Jobs/TenantJobs.cs"] = "a job that fails is noted for the health page, and the exception travels on to the scheduler",
    };

    private static readonly string[] Impure = ["Task", "ValueTask", "Random", "TimeProvider", "File", "Directory", "Console", "HttpClient", "ILogger", "Environment", "Thread", "Stopwatch"];

    public static IEnumerable<Rule> All =>
    [
        new("Types are named for what they are, not for a layer",
            file => !file.IsProduct ? [] : file.Nodes<BaseTypeDeclarationSyntax>()
                .Where(type => Suffixes.Any(suffix => type.Identifier.Text.EndsWith(suffix, StringComparison.Ordinal)) && !type.Identifier.Text.EndsWith("TagHelper", StringComparison.Ordinal))
                .Select(type => $"{file.At(type)}: {type.Identifier.Text}"),
            new SourceFile("src/A.cs", "class PayoutManager;"), new SourceFile("src/B.cs", "record AccountDto;"), new SourceFile("src/C.cs", "interface IPayoutService;")),

        new("Our own methods carry no Async suffix",
            file => !file.IsProduct ? [] : file.Nodes<MethodDeclarationSyntax>()
                .Where(method => method.Identifier.Text.EndsWith("Async", StringComparison.Ordinal) && !method.Modifiers.Any(SyntaxKind.OverrideKeyword)
                    && method.ExplicitInterfaceSpecifier is null && !FrameworkNames.Contains(method.Identifier.Text))
                .Select(method => $"{file.At(method)}: {method.Identifier.Text}"),
            new SourceFile("src/A.cs", "class A { Task PayAsync() => null; }")),

        new("Folders are named for what a firm does, not for a layer",
            file => file.Path.StartsWith("src/", StringComparison.Ordinal) || file.Path.StartsWith("tests/", StringComparison.Ordinal)
                ? file.Path.Split('/')[..^1].Where((part, i) => Folders.Contains(part) || (part == "Shared" && file.Path.Split('/')[i - 1] != "Pages")).Select(part => $"{file.Path}: {part}")
                : [],
            new SourceFile("src/TradeSense.Modules/Common/Text.cs", ""), new SourceFile("src/TradeSense.Modules/Shared/Text.cs", "")),

        new("Only listed places catch every exception",
            file => !file.IsProduct || CatchAll.ContainsKey(file.Path) ? [] : file.Nodes<CatchClauseSyntax>()
                .Where(clause => clause.Declaration?.Type.ToString() is null or "Exception" or "System.Exception" && !NamesTypes(clause.Filter?.FilterExpression)).Select(clause => $"{file.At(clause)}: catches everything"),
            new SourceFile("src/A.cs", "class A { void M() { try { M(); } catch (Exception e) when (e.Message == \"\") { } } }"), new SourceFile("src/B.cs", "class A { void M() { try { M(); } catch { } } }"),
            new SourceFile("src/C.cs", "class A { void M() { try { M(); } catch (Exception e) when (e is not IOException) { Log(e); } } }")),

        new("No catch block is empty",
            file => !file.IsProduct ? [] : file.Nodes<CatchClauseSyntax>().Where(clause => clause.Block.Statements.Count == 0 && !clause.Block.DescendantTrivia().Any(IsComment))
                .Select(clause => $"{file.At(clause)}: swallows an exception without a word"),
            new SourceFile("src/A.cs", "class A { void M() { try { M(); } catch (IOException) { } } }")),

        new("The engine has no clock, no chance, no waiting and no input or output",
            file => !file.Path.StartsWith("src/TradeSense.Engine/", StringComparison.Ordinal) ? [] : file.Nodes<IdentifierNameSyntax>()
                .Where(name => Impure.Contains(name.Identifier.Text) && name.Parent is not MemberAccessExpressionSyntax { Expression: not IdentifierNameSyntax } and not QualifiedNameSyntax)
                .Where(name => name.Parent is not MemberAccessExpressionSyntax access || access.Expression == name)
                .Select(name => $"{file.At(name)}: {name.Identifier.Text}")
                .Concat(file.Nodes<MethodDeclarationSyntax>().Where(method => method.Modifiers.Any(SyntaxKind.AsyncKeyword)).Select(method => $"{file.At(method)}: async")),
            new SourceFile("src/TradeSense.Engine/A.cs", "class A { async void M() { } }"), new SourceFile("src/TradeSense.Engine/B.cs", "class B { Task M() => null; }"),
            new SourceFile("src/TradeSense.Engine/C.cs", "class C { int M() => new Random().Next(); }"), new SourceFile("src/TradeSense.Engine/D.cs", "class D { string M() => File.ReadAllText(\"x\"); }")),

        new("A page model asks use cases and queries, never the database",
            file => !file.Path.Contains("/Pages/", StringComparison.Ordinal) ? [] : file.Nodes<ParameterSyntax>()
                .Where(parameter => parameter.Type?.ToString() is "TradeSenseDb" or "NpgsqlDataSource" or "NpgsqlConnection").Select(parameter => $"{file.At(parameter)}: {parameter}"),
            new SourceFile("src/TradeSense.Web/Pages/Index.cshtml.cs", "class IndexModel(TradeSenseDb db) : PageModel;")),

        new("Test names are sentences",
            file => !file.Path.StartsWith("tests/", StringComparison.Ordinal) ? [] : file.Nodes<MethodDeclarationSyntax>()
                .Where(method => method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() is "Fact" or "Theory") && !Sentence().IsMatch(method.Identifier.Text))
                .Select(method => $"{file.At(method)}: {method.Identifier.Text}"),
            new SourceFile("tests/A.cs", "class A { [Fact] public void TestPayout() { } }"), new SourceFile("tests/B.cs", "class B { [Theory] public void payout_works() { } }")),
    ];

    /// <summary>A filter such as <c>error is NpgsqlException or SchedulerException</c> catches what it names, as two clauses would.</summary>
    private static bool NamesTypes(ExpressionSyntax? filter) => filter is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.IsExpression }
        || (filter is IsPatternExpressionSyntax pattern && !pattern.DescendantTokens().Any(token => token.IsKind(SyntaxKind.NotKeyword)));

    private static bool IsComment(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia);

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+){2,}$")]
    private static partial Regex Sentence();
}
