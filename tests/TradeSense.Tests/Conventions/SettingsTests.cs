using System.Text.RegularExpressions;

namespace TradeSense.Tests.Conventions;

/// <summary>Whoever runs the product reads <c>docs/operations.md</c>: it names every setting the code reads, and no file promises one that nothing reads.</summary>
public sealed partial class SettingsTests
{
    private static readonly string[] Promises = ["docs/operations.md", "compose.yaml", "Dockerfile"];

    [Fact]
    public void Every_setting_is_documented_and_every_promised_setting_is_read()
    {
        var read = Names(SourceFile.All.Where(file => (file.IsProduct && file.IsCode) || file.Path == "tradesense"));
        var promised = Names(SourceFile.All.Where(file => Promises.Contains(file.Path)));
        var documented = Names(SourceFile.All.Where(file => file.Path == Promises[0]));

        Verdict.NoOffences(Differences(read, promised, documented));
    }

    [Fact]
    public void A_setting_nobody_reads_and_one_nobody_documents_are_found()
    {
        var (read, promised) = (Names([new SourceFile("src/A.cs", "TRADESENSE_SECRET_KNOB")]), Names([new SourceFile("compose.yaml", "TRADESENSE_OLD_NAME: 1")]));

        Assert.Equal(["TRADESENSE_OLD_NAME: promised, but nothing reads it", "TRADESENSE_SECRET_KNOB: read, but not documented"], Differences(read, promised, []));
    }

    private static IEnumerable<string> Differences(HashSet<string> read, HashSet<string> promised, HashSet<string> documented) =>
        promised.Except(read).Select(name => $"{name}: promised, but nothing reads it").Concat(read.Except(documented).Select(name => $"{name}: read, but not documented")).Order();

    private static HashSet<string> Names(IEnumerable<SourceFile> files) => [.. files.SelectMany(file => Setting().Matches(file.Text)).Select(match => match.Value)];

    [GeneratedRegex("TRADESENSE_[A-Z]+(_[A-Z]+)*(?![_{A-Z])")]
    private static partial Regex Setting();
}
