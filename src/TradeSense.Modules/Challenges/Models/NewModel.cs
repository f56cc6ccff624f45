using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Challenges.Models;

/// <summary>What the form of a new model starts from: sound, ordinary terms in the brand's currency and trading day.</summary>
public static class NewModel
{
    public static ModelDefinition For(Tenant tenant)
    {
        var daily = new DailyLossRule(new Allowance(new Percent(5), null));
        var overall = new OverallLossRule(new Allowance(new Percent(10), null));
        return new ModelDefinition(
            "New challenge", "", tenant.Currency, tenant.TradingDay,
            [
                new PhaseDefinition("Evaluation", new Percent(8), 5, null, daily, overall, null),
                new PhaseDefinition("Verification", new Percent(5), 5, null, daily, overall, null),
            ],
            new PhaseDefinition("Funded", null, 0, null, daily, overall, null),
            new TradingTerms(100, new Percent(50), 0, 1m, SwapFree: false, WeekendHolding: true, 30),
            new PayoutTerms(14, 14, 50m, new Percent(80), new Percent(0), new Percent(80)),
            new Percent(10),
            [new SizePrice(10_000m, 99m), new SizePrice(25_000m, 189m), new SizePrice(50_000m, 299m), new SizePrice(100_000m, 499m)]);
    }
}
