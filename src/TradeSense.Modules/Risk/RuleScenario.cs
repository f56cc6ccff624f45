using System.Text.Json;
using TradeSense.Engine.Rules;

namespace TradeSense.Modules.Risk;

/// <summary>A worked example of loss rules: the terms, what happened to an account under them, and what should be seen after each event.</summary>
public sealed record RuleScenario(
    LossTerms Terms, TradingDay TradingDay, DateTimeOffset StartedAt, IReadOnlyList<RuleScenario.Event> Events, IReadOnlyList<JsonElement> Expected)
{
    /// <param name="Closed">Realised profit or loss added to the balance.</param>
    /// <param name="Floating">Replaces the open profit and stays; null leaves it.</param>
    /// <param name="Opened">Trades opened: the day counts as a trading day.</param>
    public sealed record Event(DateTimeOffset At, decimal Closed, decimal? Floating, decimal Payout, int Opened);
}
