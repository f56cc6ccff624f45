using System.Reflection;
using System.Xml.Linq;
using TradeSense.Engine.Values;

namespace TradeSense.Tests.Conventions;

/// <summary>The engine cannot do input or output, because nothing that could is within its reach.</summary>
public sealed class EngineWallTests
{
    [Fact]
    public void The_engine_references_nothing_but_the_base_library() => Verdict.NoOffences(Foreign(typeof(Money).Assembly));

    [Fact]
    public void An_assembly_that_reaches_further_is_found() => Assert.Contains("Npgsql", Foreign(typeof(Modules.Refusal).Assembly));

    [Fact]
    public void The_engines_project_names_no_package_and_no_project() =>
        Verdict.NoOffences(References(SourceFile.All.Single(file => file.Path == "src/TradeSense.Engine/TradeSense.Engine.csproj").Text));

    [Fact]
    public void A_project_that_names_one_is_found() =>
        Assert.Equal(["Npgsql"], References("<Project><ItemGroup><PackageReference Include=\"Npgsql\" /></ItemGroup></Project>"));

    private static IEnumerable<string> Foreign(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name is not "netstandard" and not "mscorlib");

    private static IEnumerable<string> References(string project) =>
        XDocument.Parse(project).Descendants().Where(element => element.Name.LocalName is "PackageReference" or "ProjectReference" or "FrameworkReference").Select(element => element.Attribute("Include")!.Value);
}
