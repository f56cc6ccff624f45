using System.Text.Json;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Risk;

/// <summary>Reads a scenario file. Every malformed field is named with its path; nothing is guessed.</summary>
public static class RuleScenarioReader
{
    /// <summary>The scenario, or null with the problems found: <c>rules.dailyLoss.percent: '5,0' is not a decimal</c>.</summary>
    public static RuleScenario? Read(string json, out IReadOnlyList<string> problems) => Read(json, Scenario, out problems);

    /// <summary>Only the rules of a scenario file, whatever else stands in it.</summary>
    public static (LossTerms Terms, TradingDay Day)? ReadRules(string json, out IReadOnlyList<string> problems) =>
        Read(json, file => file.Object("rules") is { } rules ? new Rules(Terms(rules), DayOf(rules)) : null, out problems) is { } read ? (read.Terms, read.Day) : null;

    private static T? Read<T>(string json, Func<JsonFields, T?> read, out IReadOnlyList<string> problems) where T : class
    {
        var found = new List<string>();
        problems = found;
        try
        {
            using var document = JsonDocument.Parse(json);
            var content = read(new JsonFields(document.RootElement.Clone(), "", found));
            return found.Count == 0 ? content : null;
        }
        catch (JsonException bad)
        {
            found.Add($"line {bad.LineNumber + 1}: not JSON");
            return null;
        }
    }

    private static RuleScenario? Scenario(JsonFields file)
    {
        if (file.Object("rules") is not { } rules) return null;

        var (terms, day) = (Terms(rules), DayOf(rules));
        List<RuleScenario.Event> events = [.. file.Objects("events").Select(Event)];
        if (file.Has("events") && events.Count == 0) file.Problem("events", "is empty");
        var startedAt = file.Has("startedAt") ? file.Instant("startedAt") : events.FirstOrDefault()?.At;
        var expected = file.Has("expect") ? file.Objects("expect").ToList() : [];
        foreach (var line in expected) line.Only(RuleScenarioRun.Fields);
        if (expected.Count > events.Count) file.Problem("expect", $"has {expected.Count} lines for {events.Count} events");

        return new RuleScenario(terms, day, startedAt ?? default, events, [.. expected.Select(e => e.Element)]);
    }

    private static LossTerms Terms(JsonFields rules)
    {
        rules.Only("initialBalance", "tradingDay", "dailyLoss", "overallLoss");
        return new LossTerms(
            rules.Decimal("initialBalance", d => d > 0, "must be above zero") ?? 0m,
            rules.Has("dailyLoss") && rules.Object("dailyLoss") is { } daily ? Daily(daily) : null,
            rules.Has("overallLoss") && rules.Object("overallLoss") is { } overall ? Overall(overall) : null);
    }

    private static TradingDay DayOf(JsonFields rules) =>
        rules.Has("tradingDay") && rules.Object("tradingDay") is { } day ? Day(day) : TradingDay.Default;

    internal static TradingDay Day(JsonFields day)
    {
        day.Only("timeZone", "startsAt");
        var zone = day.Text("timeZone") ?? TradingDay.Default.TimeZone;
        if (!TradingDayClock.Knows(zone)) day.Problem("timeZone", $"'{zone}' is not a known time zone");
        return new TradingDay(zone, day.Time("startsAt"));
    }

    internal static DailyLossRule Daily(JsonFields rule)
    {
        rule.Only("anchor", "percent", "of", "amount", "compare", "evaluate", "effect");
        return new DailyLossRule(
            Allowance(rule),
            rule.Choice("anchor", DailyAnchor.Balance),
            rule.Choice("of", PercentOf.Initial, PercentOf.Anchor) == PercentOf.Anchor,
            rule.Choice("compare", Comparison.Below),
            rule.Choice("evaluate", Evaluation.Tick),
            rule.Choice("effect", BreachEffect.Fail));
    }

    internal static OverallLossRule Overall(JsonFields rule)
    {
        rule.Only("mode", "percent", "of", "amount", "compare", "lock", "lockOffset", "payout");
        return new OverallLossRule(
            Allowance(rule),
            rule.Choice("mode", OverallMode.Static),
            rule.Choice("of", PercentOf.Initial, PercentOf.Peak) == PercentOf.Peak,
            rule.Choice("compare", Comparison.Below),
            rule.Choice("lock", FloorLock.None),
            rule.Has("lockOffset") ? rule.Decimal("lockOffset") ?? 0m : 0m,
            rule.Choice("payout", PayoutEffect.Unchanged));
    }

    private static Allowance Allowance(JsonFields rule)
    {
        if (rule.Has("percent") == rule.Has("amount"))
            rule.Problem("percent", rule.Has("percent") ? "stands beside amount; give one of the two" : "is missing, and so is amount; give one of the two");
        return new Allowance(
            rule.Has("percent") && rule.Decimal("percent", d => d is >= 0 and <= 100, "must be from 0 to 100") is { } percent ? new Percent(percent) : null,
            rule.Has("amount") ? rule.Decimal("amount", d => d >= 0, "must not be negative") : null);
    }

    private static RuleScenario.Event Event(JsonFields happened)
    {
        happened.Only("at", "closed", "floating", "payout", "opened");
        return new RuleScenario.Event(
            happened.Instant("at") ?? default,
            happened.Has("closed") ? happened.Decimal("closed") ?? 0m : 0m,
            happened.Has("floating") ? happened.Decimal("floating") : null,
            happened.Has("payout") ? happened.Decimal("payout", d => d >= 0, "must not be negative") ?? 0m : 0m,
            happened.Has("opened") ? happened.Count("opened") : 0);
    }

    private sealed record Rules(LossTerms Terms, TradingDay Day);

    private enum PercentOf { Initial, Anchor, Peak }
}
