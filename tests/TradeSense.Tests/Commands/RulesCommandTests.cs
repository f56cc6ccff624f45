using TradeSense.Web.Commands;
using Xunit;

namespace TradeSense.Tests.Commands;

public sealed class RulesCommandTests : IDisposable
{
    private const string Skipped = "the worked examples (../shared/scenarios/rules) are not on this machine";

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public static bool IsWithoutExamples => ExamplesFolder is null;

    private static string? ExamplesFolder => Ancestors()
        .Select(folder => Path.Combine(folder.FullName, "shared", "scenarios", "rules"))
        .FirstOrDefault(Directory.Exists);

    public static TheoryData<string> Examples() =>
        [.. ExamplesFolder is { } folder ? Directory.GetFiles(folder, "*.json").Select(f => Path.GetFileName(f)).Order().ToArray() : [""]];

    [Theory(Skip = Skipped, SkipWhen = nameof(IsWithoutExamples))]
    [MemberData(nameof(Examples))]
    public async Task A_published_worked_example_comes_out_exactly(string file)
    {
        var exitCode = await RulesCommand.Run([Path.Combine(ExamplesFolder!, file)], _output, _error);

        Assert.Equal("", _error.ToString());
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Each_event_is_one_line_of_json_with_plain_decimals()
    {
        var exitCode = await Run("""
            { "rules": { "initialBalance": "200000", "tradingDay": { "timeZone": "Europe/Prague", "startsAt": "00:00" }, "dailyLoss": { "percent": "5" } },
              "events": [ { "at": "2026-03-02T12:00:00+01:00", "closed": "4000.00", "opened": 2 }, { "at": "2026-03-02T23:59:00+01:00", "floating": "-13000" },
                          { "at": "2026-03-03T00:00:00+01:00" } ] }
            """);

        Assert.Equal(0, exitCode);
        Assert.Equal("""
            {"at":"2026-03-02T11:00:00Z","tradingDay":"2026-03-02","balance":"204000","equity":"204000","dailyFloor":"190000","overallFloor":null,"floor":"190000","room":"14000","state":"active","tradingDays":1,"breach":null}
            {"at":"2026-03-02T22:59:00Z","tradingDay":"2026-03-02","balance":"204000","equity":"191000","dailyFloor":"190000","overallFloor":null,"floor":"190000","room":"1000","state":"active","tradingDays":1,"breach":null}
            {"at":"2026-03-02T23:00:00Z","tradingDay":"2026-03-03","balance":"191000","equity":"191000","dailyFloor":"194000","overallFloor":null,"floor":"194000","room":"-3000","state":"failed","tradingDays":1,"breach":{"rule":"dailyLoss","floor":"194000","equity":"191000","at":"2026-03-02T23:00:00Z"}}

            """, _output.ToString(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task A_difference_from_what_is_expected_is_named_and_exits_1()
    {
        var exitCode = await Run("""
            { "rules": { "initialBalance": "100000", "dailyLoss": { "percent": "5" } },
              "events": [ { "at": "2026-03-02T12:00:00Z", "floating": "-6000" } ], "expect": [ { "state": "failed", "breach": { "floor": "94000" } } ] }
            """);

        Assert.Equal(1, exitCode);
        Assert.Contains("expect[0].breach.floor: expected \"94000\", seen \"95000\"", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "rules": {} """, "line 1: not JSON")]
    [InlineData("""[]""", "rules: is missing")]
    [InlineData("""{ "rules": { }, "events": [ { "at": "2026-03-02T12:00:00Z" } ] }""", "rules.initialBalance: is missing")]
    [InlineData("""{ "rules": { "initialBalance": 100000 }, "events": [ { "at": "2026-03-02T12:00:00Z" } ] }""", "rules.initialBalance: must be a string")]
    [InlineData("""{ "rules": { "initialBalance": "100000", "dailyLoss": { "percent": "5,0" } }, "events": [ { "at": "2026-03-02T12:00:00Z" } ] }""", "rules.dailyLoss.percent: '5,0' is not a decimal")]
    [InlineData("""{ "rules": { "initialBalance": "100000", "dailyLoss": { "percent": "5", "amount": "9" } }, "events": [ { "at": "2026-03-02T12:00:00Z" } ] }""", "rules.dailyLoss.percent: stands beside amount")]
    [InlineData("""{ "rules": { "initialBalance": "100000", "overallLoss": { } }, "events": [ { "at": "2026-03-02T12:00:00Z" } ] }""", "rules.overallLoss.percent: is missing")]
    [InlineData("""{ "rules": { "initialBalance": "100000", "dailyLoss": { "percent": "5", "anchr": "balance" } }, "events": [ { "at": "2026-03-02T12:00:00Z" } ] }""", "rules.dailyLoss.anchr: is not a field here")]
    [InlineData("""{ "rules": { "initialBalance": "100000", "overallLoss": { "percent": "5", "mode": "Trailing" } }, "events": [ { "at": "2026-03-02T12:00:00Z" } ] }""", "rules.overallLoss.mode: 'Trailing' is not one of static, trailingBalance")]
    [InlineData("""{ "rules": { "initialBalance": "100000", "dailyLoss": { "percent": "5", "of": "peak" } }, "events": [ { "at": "2026-03-02T12:00:00Z" } ] }""", "rules.dailyLoss.of: 'peak' is not one of initial, anchor")]
    [InlineData("""{ "rules": { "initialBalance": "100000", "tradingDay": { "timeZone": "Mars/Olympus", "startsAt": "00:00" } }, "events": [ { "at": "2026-03-02T12:00:00Z" } ] }""", "rules.tradingDay.timeZone: 'Mars/Olympus' is not a known time zone")]
    [InlineData("""{ "rules": { "initialBalance": "100000", "tradingDay": { "timeZone": "UTC", "startsAt": "25:00" } }, "events": [ { "at": "2026-03-02T12:00:00Z" } ] }""", "rules.tradingDay.startsAt: '25:00' is not a time")]
    [InlineData("""{ "rules": { "initialBalance": "100000" }, "events": [ { "at": "2026-03-02T12:00:00" } ] }""", "events[0].at: '2026-03-02T12:00:00' is not an instant")]
    [InlineData("""{ "rules": { "initialBalance": "100000" }, "events": [ { "at": "2026-03-02T12:00:00Z", "opened": -1 } ] }""", "events[0].opened: must be a whole number")]
    [InlineData("""{ "rules": { "initialBalance": "100000" } }""", "events: is missing")]
    [InlineData("""{ "rules": { "initialBalance": "100000" }, "events": [ 7 ] }""", "events[0]: must be an object")]
    [InlineData("""{ "rules": { "initialBalance": "100000" }, "events": [ { "at": "2026-03-02T12:00:00Z" } ], "expect": [ { "ballance": "1" } ] }""", "expect[0].ballance: is not a field here")]
    public async Task A_malformed_file_names_the_field_and_exits_2(string json, string problem)
    {
        var exitCode = await Run(json);

        Assert.Equal(2, exitCode);
        Assert.Contains(problem, _error.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _output.ToString());
    }

    [Fact]
    public async Task A_file_that_is_not_there_exits_2()
    {
        Assert.Equal(2, await RulesCommand.Run(["no-such-file.json"], _output, _error));
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private async Task<int> Run(string json)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "scenario.json");
        await File.WriteAllTextAsync(file, json, TestContext.Current.CancellationToken);
        return await RulesCommand.Run([file], _output, _error);
    }

    /// <summary>The test binaries' folder and those above it, and beside each the material shared with every work place.</summary>
    private static IEnumerable<DirectoryInfo> Ancestors()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent) yield return folder;
    }
}
