using System.Text.Json;
using System.Text.Json.Nodes;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Values;
using TradeSense.Modules.Risk;

namespace TradeSense.Modules.Challenges;

/// <summary>How accounts trade, as JSON: the <c>trading</c> of a model, and a group file of <c>tradesense replay</c>. Rules that are not asked for are left out.</summary>
public static class TradingJson
{
    public static readonly string[] Fields =
    [
        "leverage", "stopOut", "spreadMarkupPoints", "commissionFactor", "swapFree", "weekendHolding", "inactivityDays", "netting", "overnightFee", "leverageOf", "spreadMarkupOf",
        "maximumOrderLots", "maximumOpenLots", "maximumPositions", "maximumTradesPerDay", "news", "coinsAtWeekends", "closesOvernight", "guardsStopLoss",
    ];

    /// <param name="otherwise">What holds where the object says nothing; a leverage it lacks must be in the object.</param>
    public static TradingTerms Read(JsonFields trading, TradingTerms? otherwise = null)
    {
        otherwise ??= new TradingTerms(0, new Percent(50), 0, 1m, false, true, 30);
        var rules = new TradingRules
        {
            Netting = Flag(trading, "netting", false),
            OvernightFee = Amount(trading, "overnightFee"),
            LeverageOf = trading.Has("leverageOf") && trading.Object("leverageOf") is { } classes ? Leverages(classes) : null,
            MarkupOf = trading.Has("spreadMarkupOf") && trading.Object("spreadMarkupOf") is { } marked ? Markups(marked) : null,
            MaximumOrderLots = Amount(trading, "maximumOrderLots"),
            MaximumOpenLots = Amount(trading, "maximumOpenLots"),
            MaximumPositions = Count(trading, "maximumPositions"),
            MaximumTradesPerDay = Count(trading, "maximumTradesPerDay"),
            News = trading.Has("news") && trading.Object("news") is { } news ? News(news) : null,
            CoinsAtWeekends = Flag(trading, "coinsAtWeekends", false),
            ClosesOvernight = Flag(trading, "closesOvernight", false),
            GuardsStopLoss = Flag(trading, "guardsStopLoss", false),
        };
        return new TradingTerms(
            trading.Has("leverage") || otherwise.Leverage == 0 ? trading.Count("leverage") : otherwise.Leverage,
            trading.Has("stopOut") ? new Percent(trading.Decimal("stopOut") ?? 0m) : otherwise.StopOut,
            Count(trading, "spreadMarkupPoints") ?? otherwise.SpreadMarkupPoints,
            Amount(trading, "commissionFactor") ?? otherwise.CommissionFactor,
            Flag(trading, "swapFree", otherwise.SwapFree),
            Flag(trading, "weekendHolding", otherwise.WeekendHolding),
            Count(trading, "inactivityDays") ?? otherwise.InactivityDays,
            TradingTerms.RulesOrNone(rules));
    }

    public static JsonObject Write(TradingTerms terms)
    {
        var rules = terms.Rules ?? new TradingRules();
        return Present(
            ("leverage", terms.Leverage), ("stopOut", Text(terms.StopOut.Value)), ("spreadMarkupPoints", terms.SpreadMarkupPoints),
            ("commissionFactor", Text(terms.CommissionFactor)), ("swapFree", terms.SwapFree), ("weekendHolding", terms.WeekendHolding),
            ("inactivityDays", terms.InactivityDays), ("netting", Yes(rules.Netting)), ("overnightFee", Text(rules.OvernightFee)),
            ("leverageOf", rules.LeverageOf is { } of ? Present(("currencies", of.Currencies), ("metals", of.Metals), ("indices", of.Indices), ("coins", of.Coins)) : null),
            ("spreadMarkupOf", rules.MarkupOf is { } by ? Present(("currencies", by.Currencies), ("metals", by.Metals), ("indices", by.Indices), ("coins", by.Coins)) : null),
            ("maximumOrderLots", Text(rules.MaximumOrderLots)), ("maximumOpenLots", Text(rules.MaximumOpenLots)), ("maximumPositions", rules.MaximumPositions),
            ("maximumTradesPerDay", rules.MaximumTradesPerDay),
            ("news", rules.News is { } news
                ? Present(("minutesBefore", news.MinutesBefore), ("minutesAfter", news.MinutesAfter), ("effect", JsonNamingPolicy.CamelCase.ConvertName(news.Effect.ToString())),
                    ("counted", news.Effect == NewsEffect.Reduce ? Text(news.Counted.Value) : null))
                : null),
            ("coinsAtWeekends", Yes(rules.CoinsAtWeekends)), ("closesOvernight", Yes(rules.ClosesOvernight)), ("guardsStopLoss", Yes(rules.GuardsStopLoss)));
    }

    private static ClassLeverage Leverages(JsonFields classes)
    {
        classes.Only("currencies", "metals", "indices", "coins");
        return new ClassLeverage(Count(classes, "currencies"), Count(classes, "metals"), Count(classes, "indices"), Count(classes, "coins"));
    }

    private static ClassMarkup Markups(JsonFields classes)
    {
        classes.Only("currencies", "metals", "indices", "coins");
        return new ClassMarkup(Count(classes, "currencies"), Count(classes, "metals"), Count(classes, "indices"), Count(classes, "coins"));
    }

    private static NewsRule News(JsonFields news)
    {
        news.Only("minutesBefore", "minutesAfter", "effect", "counted");
        var effect = news.Choice("effect", NewsEffect.Block, NewsEffect.Reduce);
        return new NewsRule(news.Count("minutesBefore"), news.Count("minutesAfter"), effect, new Percent(effect == NewsEffect.Reduce ? news.Decimal("counted") ?? 0m : 0m));
    }

    private static decimal? Amount(JsonFields fields, string name) => fields.Has(name) ? fields.Decimal(name) : null;

    private static int? Count(JsonFields fields, string name) => fields.Has(name) ? fields.Count(name) : null;

    private static bool Flag(JsonFields fields, string name, bool otherwise)
    {
        if (!fields.Has(name)) return otherwise;

        var value = fields.Element.GetProperty(name);
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();

        fields.Problem(name, "must be true or false");
        return otherwise;
    }

    private static JsonNode? Yes(bool flag) => flag ? JsonValue.Create(true) : null;

    private static string? Text(decimal? value) => value is { } known ? PlainDecimal.Text(known) : null;

    private static JsonObject Present(params (string Name, JsonNode? Value)[] fields) =>
        new(fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value)));
}
