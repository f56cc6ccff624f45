using TradeSense.Modules.Risk;

namespace TradeSense.Web.Commands;

/// <summary><c>tradesense rules FILE…</c>: runs scenario files and prints one JSON line per event.</summary>
public static class RulesCommand
{
    private const int Differs = 1;
    private const int Malformed = 2;

    /// <returns>0 when all is as expected, 1 when something differs, 2 when a file could not be read or understood.</returns>
    public static async Task<int> Run(string[] files, TextWriter output, TextWriter error)
    {
        if (files.Length == 0)
        {
            await error.WriteLineAsync("usage: tradesense rules FILE…");
            return Malformed;
        }

        var outcome = 0;
        foreach (var file in files) outcome = Math.Max(outcome, await RunFile(file, output, error));
        return outcome;
    }

    private static async Task<int> RunFile(string file, TextWriter output, TextWriter error)
    {
        if (!File.Exists(file))
        {
            await error.WriteLineAsync($"{file}: there is no such file");
            return Malformed;
        }

        if (RuleScenarioReader.Read(await File.ReadAllTextAsync(file), out var problems) is not { } scenario)
        {
            foreach (var problem in problems) await error.WriteLineAsync($"{file}: {problem}");
            return Malformed;
        }

        var outcome = 0;
        foreach (var (line, index) in RuleScenarioRun.Lines(scenario).Select((line, index) => (RuleScenarioReport.Json(line), index)))
        {
            await output.WriteLineAsync(line.ToJsonString());
            if (index >= scenario.Expected.Count) continue;
            foreach (var difference in RuleScenarioReport.Differences(scenario.Expected[index], line, $"expect[{index}]"))
            {
                await error.WriteLineAsync($"{file}: {difference}");
                outcome = Differs;
            }
        }

        return outcome;
    }
}
