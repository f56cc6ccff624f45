namespace TradeSense.Tests.Conventions;

/// <summary>Rules that are tests survive; rules in documents do not.</summary>
public sealed class RuleTests
{
    private static readonly Dictionary<string, Rule> Rules = ((Rule[])[.. SizeRules.All, .. WordRules.All, .. CodeRules.All]).ToDictionary(rule => rule.Name);

    public static TheoryData<string> Names => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_file_keeps_the_rule(string rule) => Verdict.NoOffences(SourceFile.All.SelectMany(Rules[rule].Offences));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_rule_rejects_what_it_is_there_for(string rule)
    {
        Assert.NotEmpty(Rules[rule].MustReject);
        Assert.All(Rules[rule].MustReject, sample => Assert.NotEmpty(Rules[rule].Offences(sample)));
    }

    [Fact]
    public void There_are_files_to_judge() => Assert.Contains(SourceFile.All, file => file.Path == "src/TradeSense.Web/Program.cs");
}
