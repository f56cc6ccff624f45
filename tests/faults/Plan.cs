using System.Globalization;

namespace TradeSense.Faults;

/// <summary>Which faults a run has, and how its report reads.</summary>
public static class Plan
{
    /// <summary>After this long at most orders are acknowledged again.</summary>
    public static readonly TimeSpan Promise = TimeSpan.FromSeconds(10);

    /// <summary>Of ten rounds four kill the only process, four the one that has a standby, two hit the database. The long absence comes last.</summary>
    public static IReadOnlyList<Fault> Of(int rounds, bool withLongAbsence)
    {
        Fault[] ten =
        [
            Fault.KillAlone, Fault.KillWithStandby, Fault.KillWithStandby, Fault.KillBackend, Fault.KillAlone,
            Fault.KillWithStandby, Fault.KillAlone, Fault.StopDatabase, Fault.KillWithStandby, Fault.KillAlone,
        ];
        var faults = Enumerable.Range(0, rounds).Select(round => ten[round % ten.Length]).ToList();
        if (withLongAbsence) faults.Add(Fault.DatabaseAway);
        return faults;
    }

    public static IEnumerable<string> Lines(FaultReport report)
    {
        foreach (var kind in report.Back.GroupBy(one => one.Fault))
        {
            var times = kind.Select(one => one.Back.TotalSeconds).Order().ToList();
            yield return string.Create(CultureInfo.InvariantCulture, $"{kind.Key,-15} {times.Count,4} ×  serving again: median {times[times.Count / 2]:0.00} s, worst {times[^1]:0.00} s");
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"{report.Answered} orders acknowledged, {report.OrdersPerSecond:0} a second while serving, {report.Unknown} sent again for want of an answer");
        var late = report.Back.Count(one => one.Back > Promise);
        if (late > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{late} times it took longer than the promised {Promise.TotalSeconds:0} s");
        foreach (var offence in report.Offences.Take(20)) yield return offence;
        yield return report.Offences.Count == 0 ? "none lost, none doubled, none left open" : $"{report.Offences.Count.ToString(CultureInfo.InvariantCulture)} offences";
    }
}
