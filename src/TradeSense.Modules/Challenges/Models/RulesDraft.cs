using TradeSense.Engine.Accounts;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Challenges.Models;

/// <summary>The further rules of trading as somebody types them; an empty field is no rule.</summary>
public sealed class RulesDraft
{
    public bool Netting { get; set; }
    public decimal? OvernightFee { get; set; }
    public int? CurrenciesLeverage { get; set; }
    public int? MetalsLeverage { get; set; }
    public int? IndicesLeverage { get; set; }
    public int? CoinsLeverage { get; set; }
    public int? CurrenciesMarkup { get; set; }
    public int? MetalsMarkup { get; set; }
    public int? IndicesMarkup { get; set; }
    public int? CoinsMarkup { get; set; }
    public decimal? MaximumOrderLots { get; set; }
    public decimal? MaximumOpenLots { get; set; }
    public int? MaximumPositions { get; set; }
    public int? MaximumTradesPerDay { get; set; }
    public bool CoinsAtWeekends { get; set; }
    public bool ClosesOvernight { get; set; }
    public bool GuardsStopLoss { get; set; }

    /// <summary>Either number of minutes makes it a rule.</summary>
    public int? NewsMinutesBefore { get; set; }
    public int? NewsMinutesAfter { get; set; }
    public NewsEffect NewsEffect { get; set; }
    public decimal? NewsCounted { get; set; }

    public static bool Has(string field) => typeof(RulesDraft).GetProperty(field) is not null;

    internal static RulesDraft From(TradingRules? rules) => rules is null ? new() : new()
    {
        Netting = rules.Netting, OvernightFee = rules.OvernightFee, CurrenciesLeverage = rules.LeverageOf?.Currencies, MetalsLeverage = rules.LeverageOf?.Metals,
        IndicesLeverage = rules.LeverageOf?.Indices, CoinsLeverage = rules.LeverageOf?.Coins, MaximumOrderLots = rules.MaximumOrderLots, MaximumOpenLots = rules.MaximumOpenLots,
        CurrenciesMarkup = rules.MarkupOf?.Currencies, MetalsMarkup = rules.MarkupOf?.Metals, IndicesMarkup = rules.MarkupOf?.Indices, CoinsMarkup = rules.MarkupOf?.Coins,
        MaximumPositions = rules.MaximumPositions, MaximumTradesPerDay = rules.MaximumTradesPerDay, CoinsAtWeekends = rules.CoinsAtWeekends, ClosesOvernight = rules.ClosesOvernight,
        GuardsStopLoss = rules.GuardsStopLoss, NewsMinutesBefore = rules.News?.MinutesBefore, NewsMinutesAfter = rules.News?.MinutesAfter,
        NewsEffect = rules.News?.Effect ?? NewsEffect.Block, NewsCounted = rules.News is { Effect: NewsEffect.Reduce } reduced ? reduced.Counted.Value : null,
    };

    internal TradingRules? Read() => TradingTerms.RulesOrNone(new TradingRules
    {
        Netting = Netting, OvernightFee = OvernightFee, MaximumOrderLots = MaximumOrderLots, MaximumOpenLots = MaximumOpenLots, MaximumPositions = MaximumPositions,
        MaximumTradesPerDay = MaximumTradesPerDay, CoinsAtWeekends = CoinsAtWeekends, ClosesOvernight = ClosesOvernight, GuardsStopLoss = GuardsStopLoss,
        LeverageOf = (CurrenciesLeverage ?? MetalsLeverage ?? IndicesLeverage ?? CoinsLeverage) is null
            ? null : new ClassLeverage(CurrenciesLeverage, MetalsLeverage, IndicesLeverage, CoinsLeverage),
        MarkupOf = (CurrenciesMarkup ?? MetalsMarkup ?? IndicesMarkup ?? CoinsMarkup) is null
            ? null : new ClassMarkup(CurrenciesMarkup, MetalsMarkup, IndicesMarkup, CoinsMarkup),
        News = (NewsMinutesBefore ?? NewsMinutesAfter) is null
            ? null : new NewsRule(NewsMinutesBefore ?? 0, NewsMinutesAfter ?? 0, NewsEffect, new Percent(NewsEffect == NewsEffect.Reduce ? NewsCounted ?? -1m : 0m)),
    });
}
