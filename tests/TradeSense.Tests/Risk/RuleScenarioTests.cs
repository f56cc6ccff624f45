using TradeSense.Modules.Risk;
using Xunit;

namespace TradeSense.Tests.Risk;

/// <summary>What the rules say beyond the published worked examples. Each story is a scenario file whose expectations must come out.</summary>
public sealed class RuleScenarioTests
{
    [Fact]
    public void A_pause_ends_with_its_own_day_however_long_the_silence_after_it() => Holds("""
        { "rules": { "initialBalance": "100000", "tradingDay": { "timeZone": "UTC", "startsAt": "00:00" },
            "dailyLoss": { "percent": "2", "effect": "pause" } },
          "events": [ { "at": "2026-03-02T12:00:00Z", "floating": "-2500", "opened": 1 },
                      { "at": "2026-03-02T23:59:59Z", "closed": "9000", "floating": "77", "opened": 3, "payout": "5" },
                      { "at": "2026-03-07T00:00:00Z" },
                      { "at": "2026-03-07T01:00:00Z", "floating": "-1950" },
                      { "at": "2026-03-07T02:00:00Z", "floating": "-1951", "opened": 1 } ],
          "expect": [ { "state": "paused", "balance": "97500", "equity": "97500", "breach": { "floor": "98000", "equity": "97500" } },
                      { "state": "paused", "balance": "97500", "equity": "97500", "tradingDays": 1 },
                      { "state": "active", "breach": null, "dailyFloor": "95500", "tradingDay": "2026-03-07" },
                      { "state": "active", "equity": "95550" },
                      { "state": "active", "equity": "95549", "tradingDays": 2 } ] }
        """);

    [Fact]
    public void The_forced_close_of_a_pause_raises_a_closed_balance_peak_at_once() => Holds("""
        { "rules": { "initialBalance": "100000", "tradingDay": { "timeZone": "UTC", "startsAt": "00:00" },
            "dailyLoss": { "percent": "2", "anchor": "higher", "effect": "pause" }, "overallLoss": { "percent": "10", "mode": "trailingBalance" } },
          "events": [ { "at": "2026-03-02T12:00:00Z", "floating": "10000" },
                      { "at": "2026-03-03T00:00:00Z" },
                      { "at": "2026-03-03T12:00:00Z", "floating": "7000" } ],
          "expect": [ { "overallFloor": "90000" }, { "dailyFloor": "108000", "overallFloor": "90000" },
                      { "state": "paused", "balance": "107000", "overallFloor": "97000" } ] }
        """);

    [Fact]
    public void A_failed_account_keeps_its_peak_and_everything_else_as_at_the_verdict() => Holds("""
        { "rules": { "initialBalance": "100000", "tradingDay": { "timeZone": "UTC", "startsAt": "00:00" },
            "dailyLoss": { "percent": "2", "anchor": "higher" }, "overallLoss": { "percent": "10", "mode": "trailingBalance" } },
          "events": [ { "at": "2026-03-02T12:00:00Z", "floating": "10000" },
                      { "at": "2026-03-03T12:00:00Z", "floating": "7000" },
                      { "at": "2026-03-09T12:00:00Z", "closed": "5", "floating": "9", "opened": 1, "payout": "1" } ],
          "expect": [ {}, { "state": "failed", "balance": "107000", "equity": "107000", "overallFloor": "90000", "dailyFloor": "108000", "room": "-1000" },
                      { "at": "2026-03-09T12:00:00Z", "state": "failed", "balance": "107000", "equity": "107000", "overallFloor": "90000", "dailyFloor": "108000",
                        "tradingDay": "2026-03-03", "tradingDays": 0, "breach": { "rule": "dailyLoss", "at": "2026-03-03T12:00:00Z" } } ] }
        """);

    [Fact]
    public void A_rule_checked_at_the_end_of_the_day_is_compared_with_the_closing_days_floor() => Holds("""
        { "rules": { "initialBalance": "100000", "tradingDay": { "timeZone": "UTC", "startsAt": "00:00" },
            "dailyLoss": { "percent": "5", "evaluate": "endOfDay" } },
          "events": [ { "at": "2026-03-02T10:00:00Z", "floating": "-6000" },
                      { "at": "2026-03-03T10:00:00Z" } ],
          "expect": [ { "state": "active", "room": "-1000" },
                      { "state": "failed", "tradingDay": "2026-03-02", "dailyFloor": "95000", "balance": "94000", "breach": { "at": "2026-03-03T00:00:00Z" } } ] }
        """);

    [Fact]
    public void A_rule_checked_at_the_end_of_the_day_waits_for_the_next_end_when_its_floor_rises() => Holds("""
        { "rules": { "initialBalance": "100000", "tradingDay": { "timeZone": "UTC", "startsAt": "00:00" },
            "dailyLoss": { "percent": "5", "evaluate": "endOfDay" } },
          "events": [ { "at": "2026-03-02T10:00:00Z", "closed": "6000", "floating": "-10000" },
                      { "at": "2026-03-03T10:00:00Z" },
                      { "at": "2026-03-04T00:00:00Z" } ],
          "expect": [ {}, { "state": "active", "dailyFloor": "101000", "room": "-5000" },
                      { "state": "failed", "tradingDay": "2026-03-03", "breach": { "floor": "101000", "equity": "96000" } } ] }
        """);

    [Fact]
    public void A_pause_at_the_end_of_the_day_is_over_with_the_day_that_begins() => Holds("""
        { "rules": { "initialBalance": "100000", "tradingDay": { "timeZone": "UTC", "startsAt": "00:00" },
            "dailyLoss": { "percent": "5", "evaluate": "endOfDay", "effect": "pause" } },
          "events": [ { "at": "2026-03-02T10:00:00Z", "floating": "-6000" }, { "at": "2026-03-03T00:00:00Z" } ],
          "expect": [ {}, { "state": "active", "breach": null, "balance": "94000", "equity": "94000", "dailyFloor": "89000", "tradingDay": "2026-03-03" } ] }
        """);

    [Fact]
    public void An_end_of_day_peak_can_raise_the_floor_over_an_open_loss() => Holds("""
        { "rules": { "initialBalance": "100000", "tradingDay": { "timeZone": "UTC", "startsAt": "00:00" },
            "overallLoss": { "amount": "3000", "mode": "trailingEndOfDay" } },
          "events": [ { "at": "2026-03-02T10:00:00Z", "closed": "5000", "floating": "-3500" }, { "at": "2026-03-03T00:00:00Z" } ],
          "expect": [ { "state": "active", "overallFloor": "97000" },
                      { "state": "failed", "overallFloor": "102000", "breach": { "rule": "overallLoss", "equity": "101500", "at": "2026-03-03T00:00:00Z" } } ] }
        """);

    [Fact]
    public void A_payout_that_lifts_to_initial_does_so_for_good() => Holds("""
        { "rules": { "initialBalance": "100000", "overallLoss": { "percent": "6", "mode": "trailingBalance", "lock": "initial", "lockOffset": "-100", "payout": "liftsToInitial" } },
          "events": [ { "at": "2026-03-02T10:00:00Z", "closed": "8000" }, { "at": "2026-03-03T10:00:00Z", "payout": "7000" },
                      { "at": "2026-03-04T10:00:00Z", "closed": "-1000" }, { "at": "2026-03-04T11:00:00Z", "floating": "-0.01" } ],
          "expect": [ { "overallFloor": "99900" }, { "overallFloor": "100000", "room": "1000" }, { "state": "active", "room": "0" }, { "state": "failed" } ] }
        """);

    [Fact]
    public void One_event_is_checked_once_after_all_its_parts() => Holds("""
        { "rules": { "initialBalance": "100000", "overallLoss": { "amount": "3000", "mode": "trailingEquity" } },
          "events": [ { "at": "2026-03-02T10:00:00Z", "closed": "-4000", "floating": "5000" } ],
          "expect": [ { "state": "active", "equity": "101000", "overallFloor": "98000" } ] }
        """);

    [Fact]
    public void A_clock_that_runs_back_never_lowers_the_label() => Holds("""
        { "rules": { "initialBalance": "100000", "tradingDay": { "timeZone": "UTC", "startsAt": "00:00" }, "dailyLoss": { "percent": "5" } },
          "events": [ { "at": "2026-03-03T00:00:01Z", "closed": "100" }, { "at": "2026-03-02T23:59:59Z", "opened": 1 }, { "at": "2026-03-03T00:00:02Z", "opened": 1 } ],
          "expect": [ { "tradingDay": "2026-03-03" }, { "at": "2026-03-02T23:59:59Z", "tradingDay": "2026-03-03", "tradingDays": 1 }, { "tradingDay": "2026-03-03", "tradingDays": 1 } ] }
        """);

    [Fact]
    public void The_first_day_is_anchored_at_the_initial_balance_and_begins_at_startedAt() => Holds("""
        { "rules": { "initialBalance": "100000", "tradingDay": { "timeZone": "Australia/Lord_Howe", "startsAt": "02:15" }, "dailyLoss": { "percent": "5", "of": "anchor", "anchor": "equity" } },
          "startedAt": "2026-10-03T15:29:59Z",
          "events": [ { "at": "2026-10-03T15:29:59Z", "floating": "1000" }, { "at": "2026-10-03T15:30:00Z" } ],
          "expect": [ { "tradingDay": "2026-10-03", "dailyFloor": "95000" }, { "tradingDay": "2026-10-04", "dailyFloor": "95950" } ] }
        """);

    [Fact]
    public void A_tie_of_both_floors_is_the_overall_rule() => Holds("""
        { "rules": { "initialBalance": "100000", "dailyLoss": { "amount": "5000", "compare": "atOrBelow" }, "overallLoss": { "percent": "5" } },
          "events": [ { "at": "2026-03-02T10:00:00Z", "floating": "-5000.01" } ],
          "expect": [ { "breach": { "rule": "overallLoss", "floor": "95000", "equity": "94999.99" } } ] }
        """);

    [Theory]
    [InlineData("closed", "79228162514264337593543950335", "is too large")]
    [InlineData("at", "9999-12-31T23:59:59Z", "is not an instant")]
    [InlineData("payout", "-1", "must not be negative")]
    public void What_no_account_could_hold_is_malformed(string field, string value, string problem)
    {
        var at = field == "at" ? value : "2026-03-02T10:00:00Z";
        var other = field == "at" ? "" : $", \"{field}\": \"{value}\"";

        Assert.Null(RuleScenarioReader.Read($$"""{ "rules": { "initialBalance": "1" }, "events": [ { "at": "{{at}}"{{other}} } ] }""", out var problems));
        Assert.Contains(problem, Assert.Single(problems), StringComparison.Ordinal);
    }

    private static void Holds(string json)
    {
        var scenario = RuleScenarioReader.Read(json, out var problems);
        Assert.Empty(problems);

        var lines = RuleScenarioRun.Lines(scenario!).Select(RuleScenarioReport.Json).ToList();

        Assert.Empty(scenario!.Expected.SelectMany((expected, i) => RuleScenarioReport.Differences(expected, lines[i], $"expect[{i}]")));
    }
}
