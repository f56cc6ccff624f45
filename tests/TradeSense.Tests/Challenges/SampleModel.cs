using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges;

namespace TradeSense.Tests.Challenges;

/// <summary>A sound two-phase model that tests alter.</summary>
internal static class SampleModel
{
    public static DailyLossRule Daily { get; } = new(new Allowance(new Percent(5), null));

    public static OverallLossRule Overall { get; } = new(new Allowance(new Percent(10), null));

    /// <summary>The figures of the rules' own example.</summary>
    public static ScalingTerms Scaling { get; } = new(4, new Percent(10), 2, 1.4m, 4_000_000m, new Percent(90));

    public static ModelDefinition Make(string name = "Sample") => new(
        name, "Two phases.", Currency.Usd, TradingDay.Default,
        [Phase("Evaluation", 8), Phase("Verification", 5)],
        new PhaseDefinition("Funded", null, 0, null, Daily, Overall, null),
        new TradingTerms(100, new Percent(50), 0, 1m, SwapFree: false, WeekendHolding: true, 30),
        new PayoutTerms(21, 14, 50m, new Percent(80), new Percent(0), new Percent(80)),
        new Percent(10),
        [new SizePrice(10_000, 99), new SizePrice(100_000, 449)]);

    public static PhaseDefinition Phase(string name, decimal target) => new(name, new Percent(target), 5, null, Daily, Overall, null);

    public static ModelDefinition WithPhase(this ModelDefinition model, Func<PhaseDefinition, PhaseDefinition> change) =>
        model with { Phases = [change(model.Phases[0]), .. model.Phases.Skip(1)] };
}
