using System.Globalization;

namespace TradeSense.Faults;

/// <summary>Which faults a run has, and how its report reads.</summary>
public static class Plan
{
    /// <summary>After this long at most orders are acknowledged again.</summary>
    public static readonly TimeSpan Promise = TimeSpan.FromSeconds(10);

    /// <summary>Of ten rounds six kill the process, half of them with a standby beside it, two kill a process of PostgreSQL's, two stop all of PostgreSQL. The long absence comes fifth and then every hundred rounds.</summary>
    public static IReadOnlyList<Fault> Of(int rounds, bool withLongAbsence)
    {
        Fault[] ten =
        [
            Fault.KillAlone, Fault.KillWithStandby, Fault.KillBackend, Fault.KillWithStandby, Fault.KillAlone,
            Fault.StopDatabase, Fault.KillWithStandby, Fault.KillBackend, Fault.KillAlone, Fault.PowerCut,
        ];
        var faults = Enumerable.Range(0, rounds).Select(round => ten[round % ten.Length]).ToList();
        for (var round = 4; withLongAbsence && round < rounds; round += 100) faults[round] = Fault.DatabaseAway;
        return faults;
    }

    public static IEnumerable<string> Lines(FaultReport report)
    {
        foreach (var kind in report.Back.GroupBy(one => one.Fault).OrderBy(kind => kind.Key))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{kind.Key,-15} {kind.Count(),4} ×  serving again: {Spread(kind.Select(one => one.Back))}");
        }

        if (report.Computed.Count > 0) yield return $"a process started anew had computed, when it served: {Spread(report.Computed)}";
        if (report.Shared.Count > 0) yield return $"a second process that was ready had its share of the shards after: {Spread(report.Shared)}";

        yield return string.Create(CultureInfo.InvariantCulture, $"{report.Back.Count} rounds: {report.Answered} orders acknowledged, {report.OrdersPerSecond:0} a second while serving");
        yield return string.Create(CultureInfo.InvariantCulture, $"{report.Unknown} orders of unknown outcome, {report.Resolved} of them resolved by their client id");
        var late = report.Back.Count(one => one.Back > Promise);
        yield return string.Create(CultureInfo.InvariantCulture, $"{late} times it took longer than the promised {Promise.TotalSeconds:0} s");
        foreach (var offence in report.Offences.Take(20)) yield return $"{offence.Kind}: {offence.Text}";
        int Count(Wrong kind) => report.Offences.Count(offence => offence.Kind == kind);
        yield return string.Create(CultureInfo.InvariantCulture, $"{Count(Wrong.Lost)} lost, {Count(Wrong.Doubled)} doubled, {Count(Wrong.Open)} left open, {Count(Wrong.Untrue)} otherwise than told");
    }
    private static string Spread(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalSeconds).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"median {sorted[sorted.Count / 2]:0.00} s, worst {sorted[^1]:0.00} s");
    }
}
