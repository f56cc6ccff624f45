using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Challenges.Models;

/// <summary>How the funded account grows, as somebody types it.</summary>
public sealed class ScalingDraft
{
    /// <summary>False: accounts keep their size.</summary>
    public bool Applies { get; set; }

    public int? Months { get; set; }
    public decimal? Profit { get; set; }
    public int? PaidPayouts { get; set; }
    public decimal? Factor { get; set; }
    public decimal? Cap { get; set; }
    public decimal? Split { get; set; }

    internal static ScalingDraft From(ScalingTerms? terms) => terms is null
        ? new() { Months = 4, Profit = 10, PaidPayouts = 2, Factor = 1.4m, Cap = 4_000_000m, Split = 90 }
        : new() { Applies = true, Months = terms.Months, Profit = terms.Profit.Value, PaidPayouts = terms.PaidPayouts, Factor = terms.Factor, Cap = terms.Cap, Split = terms.Split.Value };

    internal ScalingTerms? Read(int missing) => Applies
        ? new(Months ?? missing, new Percent(Profit ?? missing), PaidPayouts ?? missing, Factor ?? missing, Cap ?? missing, new Percent(Split ?? missing))
        : null;
}
