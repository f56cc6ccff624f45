namespace TradeSense.Tests.Conventions;

/// <summary>A module explains itself in a README and lists everything it adds in one file.</summary>
public sealed class ModuleFolderTests
{
    private const string Root = "src/TradeSense.Modules/";

    [Fact]
    public void Every_module_has_a_readme_and_a_module_file() => Verdict.NoOffences(Missing(SourceFile.All.Select(file => file.Path)));

    [Fact]
    public void A_module_without_them_is_found() =>
        Assert.Equal(["Weather/README.md", "Weather/WeatherModule.cs"], Missing([Root + "Weather/Cloud.cs", Root + "Results.cs"]));

    private static List<string> Missing(IEnumerable<string> paths)
    {
        var inModules = paths.Where(path => path.StartsWith(Root, StringComparison.Ordinal)).Select(path => path[Root.Length..]).ToHashSet();
        var modules = inModules.Where(path => path.Contains('/', StringComparison.Ordinal)).Select(path => path.Split('/')[0]).Distinct();
        return [.. modules.SelectMany(module => (string[])[$"{module}/README.md", $"{module}/{module}Module.cs"]).Where(path => !inModules.Contains(path)).Order(StringComparer.Ordinal)];
    }
}
