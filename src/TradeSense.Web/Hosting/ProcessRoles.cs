using TradeSense.Modules.Jobs;
using TradeSense.Modules.Trading;

namespace TradeSense.Web.Hosting;

/// <summary>What a process does: <c>--roles web,engine,jobs</c>, or TRADESENSE_ROLES; all of it when nothing is said.</summary>
/// <param name="Web">Serves pages, streams and the API. Without it only the health addresses answer.</param>
/// <param name="Engine">Runs its share of the shards, takes over those of a process that dies; reads the feed.</param>
/// <param name="Jobs">Runs scheduled jobs and empties the outbox.</param>
internal sealed record ProcessRoles(bool Web, bool Engine, bool Jobs)
{
    public static ProcessRoles Read(Func<string, string?> setting)
    {
        if ((setting("roles") ?? setting("TRADESENSE_ROLES")) is not { Length: > 0 } text) return new ProcessRoles(true, true, true);

        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names.Except(["web", "engine", "jobs"]))
            throw new InvalidOperationException($"--roles: there is no role “{name}”; it can be web, engine, jobs, or several separated by commas.");
        return new ProcessRoles(names.Contains("web"), names.Contains("engine"), names.Contains("jobs"));
    }

    public JobsOptions Of(JobsOptions options) => options with { Enabled = options.Enabled && Jobs };

    public TradingOptions Of(TradingOptions options, Func<string, string?> setting) => options with
    {
        RunEngine = options.RunEngine && Engine,
        Listen = setting("TRADESENSE_ENGINE_LISTEN") ?? options.Listen,
        Address = setting("TRADESENSE_ENGINE_ADDRESS") ?? options.Address,
    };
}
