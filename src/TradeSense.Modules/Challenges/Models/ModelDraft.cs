using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Challenges.Models;

/// <summary>A model as somebody types it: anything may be missing or contradict itself. The names of its fields are those refusals name.</summary>
public sealed class ModelDraft
{
    public const int MostPhases = 3, LeastSizeLines = 6, SpareSizeLines = 2;

    /// <summary>What a missing number counts as: outside of every range.</summary>
    private const int Missing = -1;

    public string? Name { get; set; }
    public string? Summary { get; set; }
    public string? TimeZone { get; set; }
    public TimeOnly StartsAt { get; set; }
    public int PhaseCount { get; set; }

    /// <summary>Always <see cref="MostPhases"/> of them; those beyond <see cref="PhaseCount"/> are kept for when the count rises again.</summary>
    public List<PhaseDraft> Phases { get; set; } = [];

    public PhaseDraft Funded { get; set; } = new();
    public int? Leverage { get; set; }
    public decimal? StopOut { get; set; }
    public int? SpreadMarkupPoints { get; set; }
    public decimal? CommissionFactor { get; set; }
    public bool SwapFree { get; set; }
    public bool WeekendHolding { get; set; }
    public int? InactivityDays { get; set; }
    public RulesDraft Rules { get; set; } = new();
    public int? FirstAfterDays { get; set; }
    public int? CycleDays { get; set; }
    public decimal? MinimumPayout { get; set; }
    public decimal? Split { get; set; }
    public decimal? SplitStep { get; set; }
    public decimal? SplitCap { get; set; }
    public ScalingDraft Scaling { get; set; } = new();
    public decimal? ResetDiscount { get; set; }

    /// <summary>Lines left empty are no sizes.</summary>
    public List<SizeDraft> Sizes { get; set; } = [];

    public static ModelDraft From(ModelDefinition model) => new()
    {
        Name = model.Name, Summary = model.Summary, TimeZone = model.TradingDay.TimeZone, StartsAt = model.TradingDay.StartsAt, PhaseCount = model.Phases.Count,
        Phases = [.. Enumerable.Range(0, MostPhases).Select(i => i < model.Phases.Count
            ? PhaseDraft.From(model.Phases[i], i > 0 && SameLosses(model.Phases[i], model.Phases[0]))
            : PhaseDraft.From((model.Phases.Count > 0 ? model.Phases[0] : model.Funded) with { Name = $"Phase {i + 1}", ProfitTarget = new Percent(5) }, true))],
        Funded = PhaseDraft.From(model.Funded, model.Phases.Count > 0 && SameLosses(model.Funded, model.Phases[0])),
        Leverage = model.Trading.Leverage, StopOut = model.Trading.StopOut.Value, SpreadMarkupPoints = model.Trading.SpreadMarkupPoints,
        CommissionFactor = model.Trading.CommissionFactor, SwapFree = model.Trading.SwapFree, WeekendHolding = model.Trading.WeekendHolding,
        InactivityDays = model.Trading.InactivityDays, Rules = RulesDraft.From(model.Trading.Rules), FirstAfterDays = model.Payout.FirstAfterDays, CycleDays = model.Payout.CycleDays,
        MinimumPayout = model.Payout.Minimum, Split = model.Payout.Split.Value, SplitStep = model.Payout.SplitStep.Value, SplitCap = model.Payout.SplitCap.Value,
        Scaling = ScalingDraft.From(model.Scaling), ResetDiscount = model.ResetDiscount.Value,
        Sizes = [.. model.Sizes.Select(size => new SizeDraft { Balance = size.Balance, Price = size.Price }),
            .. Enumerable.Range(0, Math.Max(SpareSizeLines, LeastSizeLines - model.Sizes.Count)).Select(_ => new SizeDraft())],
    };

    /// <summary>The definition this would publish, and everything that speaks against it, beside the fields as they were typed.</summary>
    public (ModelDefinition Definition, IReadOnlyList<Refusal> Refusals) Read(Currency currency)
    {
        var lines = Sizes.Select((size, line) => (size, line)).Where(pair => !pair.size.IsEmpty).ToList();
        var phases = Phases.Take(Math.Clamp(PhaseCount, 0, MostPhases)).ToList();
        var first = phases.Count > 0 ? phases[0] : Funded;
        var definition = new ModelDefinition(
            Name?.Trim() ?? "", Summary?.Trim() ?? "", currency, new TradingDay(TimeZone?.Trim() ?? "", StartsAt),
            [.. phases.Select((phase, i) => phase.Read(i > 0 && phase.SameLosses ? first : phase))],
            Funded.Read(Funded.SameLosses ? first : Funded) with { ProfitTarget = null, MinimumTradingDays = 0, MaximumDays = null, Consistency = null, ProfitableDay = null },
            new TradingTerms(
                Leverage ?? Missing, new Percent(StopOut ?? Missing), SpreadMarkupPoints ?? Missing, CommissionFactor ?? Missing, SwapFree, WeekendHolding, InactivityDays ?? Missing, Rules.Read()),
            new PayoutTerms(
                FirstAfterDays ?? Missing, CycleDays ?? Missing, MinimumPayout ?? Missing, new Percent(Split ?? Missing), new Percent(SplitStep ?? 0m), new Percent(SplitCap ?? Split ?? Missing)),
            new Percent(ResetDiscount ?? Missing),
            [.. lines.Select(pair => new SizePrice(pair.size.Balance ?? Missing, pair.size.Price ?? Missing))],
            Scaling.Read(Missing));

        var refusals = ModelChecks.Of(definition).Where(refusal => !IsSaidAtFirstPhase(refusal.Field)).Select(refusal => refusal with { Field = AsTyped(refusal.Field, lines) });
        return (definition, [.. refusals]);
    }

    /// <summary>Loss rules taken over from the first phase are wrong there, not here.</summary>
    private bool IsSaidAtFirstPhase(string? field)
    {
        if (field is null || !field.Contains("Loss", StringComparison.Ordinal)) return false;
        if (field.StartsWith("Funded", StringComparison.Ordinal)) return Funded.SameLosses && PhaseCount > 0;
        return Enumerable.Range(1, MostPhases - 1).Any(i => i < Phases.Count && Phases[i].SameLosses && field.StartsWith($"Phases[{i}]", StringComparison.Ordinal));
    }

    /// <summary>The second size may stand on the fourth line.</summary>
    private static string? AsTyped(string? field, List<(SizeDraft, int Line)> lines)
    {
        if (field is not null && RulesDraft.Has(field)) return $"Rules.{field}";
        if (field is null || !field.StartsWith("Sizes[", StringComparison.Ordinal)) return field;

        var end = field.IndexOf(']', StringComparison.Ordinal);
        var index = int.Parse(field[6..end], System.Globalization.CultureInfo.InvariantCulture);
        return $"Sizes[{lines[index].Line}{field[end..]}";
    }

    private static bool SameLosses(PhaseDefinition one, PhaseDefinition other) => one.DailyLoss == other.DailyLoss && one.OverallLoss == other.OverallLoss;
}

public sealed class SizeDraft
{
    public decimal? Balance { get; set; }
    public decimal? Price { get; set; }

    public bool IsEmpty => Balance is null && Price is null;
}
