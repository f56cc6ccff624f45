using System.Text.Json;
using System.Text.Json.Nodes;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Risk;

namespace TradeSense.Modules.Challenges;

/// <summary>A model definition as JSON: one form for the tenant file, the database and exports. Rules look as in scenario files; amounts are decimal strings.</summary>
public static class ModelJson
{
    private static readonly string[] PhaseFields = ["name", "profitTarget", "minimumTradingDays", "maximumDays", "dailyLoss", "overallLoss", "consistency", "profitableDay"];

    /// <summary>The canonical text: fields in a fixed order, no blanks, amounts without trailing zeros, absent rules left out.</summary>
    public static string Canonical(ModelDefinition model) => Write(model).ToJsonString(Json.Options);

    /// <summary>Reads what <see cref="Canonical"/> wrote; anything else in the database is a bug and throws.</summary>
    public static ModelDefinition Parse(string canonical)
    {
        var problems = new List<string>();
        var model = Read(JsonSerializer.Deserialize<JsonElement>(canonical), Currency.Usd, TradingDay.Default, problems);
        return problems.Count == 0 ? model : throw new InvalidOperationException($"A stored model version cannot be read: {problems[0]}");
    }

    /// <summary>Reads a definition; what it leaves out is the brand's. Each problem starts with its path: <c>phases[0].profitTarget: '8,0' is not a decimal</c>.</summary>
    internal static ModelDefinition Read(JsonElement element, Currency currency, TradingDay day, List<string> problems)
    {
        var file = new JsonFields(element, "", problems);
        file.Only("slug", "name", "summary", "currency", "tradingDay", "dailyLoss", "overallLoss", "phases", "funded", "trading", "payout", "scaling", "resetDiscount", "sizes");
        var daily = Daily(file, null);
        var overall = Overall(file, null);
        var phases = file.Objects("phases").Select((phase, i) => Phase(phase, $"Phase {i + 1}", daily, overall)).ToList();
        return new ModelDefinition(
            file.Text("name") ?? "",
            file.Has("summary") ? file.Text("summary") ?? "" : "",
            file.Has("currency") ? CurrencyOf(file) : currency,
            file.Has("tradingDay") && file.Object("tradingDay") is { } named ? RuleScenarioReader.Day(named) : day,
            phases,
            file.Has("funded") && file.Object("funded") is { } funded ? Phase(funded, "Funded", daily, overall) : new PhaseDefinition("Funded", null, 0, null, daily, overall, null),
            file.Object("trading") is { } trading ? Trading(trading) : new TradingTerms(1, default, 0, 1m, false, true, 30),
            file.Object("payout") is { } payout ? Payout(payout) : new PayoutTerms(0, 1, 0m, default, default, default),
            new Percent(file.Has("resetDiscount") ? file.Decimal("resetDiscount") ?? 0m : 0m),
            [.. file.Objects("sizes").Select(Size)],
            file.Has("scaling") && file.Object("scaling") is { } scaling ? Scaling(scaling) : null);
    }

    private static JsonObject Write(ModelDefinition model)
    {
        var written = WriteWithoutScaling(model);
        if (model.Scaling is { } scaling) written.Add("scaling", Write(scaling));
        return written;
    }

    private static JsonObject WriteWithoutScaling(ModelDefinition model) => new()
    {
        ["name"] = model.Name,
        ["summary"] = model.Summary,
        ["currency"] = model.Currency.Code,
        ["tradingDay"] = new JsonObject { ["timeZone"] = model.TradingDay.TimeZone, ["startsAt"] = model.TradingDay.StartsAt.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture) },
        ["phases"] = new JsonArray([.. model.Phases.Select(Write)]),
        ["funded"] = Write(model.Funded),
        ["trading"] = TradingJson.Write(model.Trading),
        ["payout"] = Present(
            ("firstAfterDays", model.Payout.FirstAfterDays), ("cycleDays", model.Payout.CycleDays), ("minimum", Text(model.Payout.Minimum)),
            ("split", Text(model.Payout.Split)), ("splitStep", Text(model.Payout.SplitStep)), ("splitCap", Text(model.Payout.SplitCap))),
        ["resetDiscount"] = Text(model.ResetDiscount),
        ["sizes"] = new JsonArray([.. model.Sizes.Select(size => Present(("balance", Text(size.Balance)), ("price", Text(size.Price))))]),
    };

    private static JsonObject Write(ScalingTerms scaling) => Present(
        ("months", scaling.Months), ("profit", Text(scaling.Profit)), ("paidPayouts", scaling.PaidPayouts), ("factor", Text(scaling.Factor)), ("cap", Text(scaling.Cap)),
        ("split", Text(scaling.Split)));

    private static JsonObject Write(PhaseDefinition phase) => Present(
        ("name", phase.Name), ("profitTarget", Text(phase.ProfitTarget)), ("minimumTradingDays", phase.MinimumTradingDays), ("maximumDays", phase.MaximumDays),
        ("dailyLoss", phase.DailyLoss is { } daily ? Write(daily) : null), ("overallLoss", phase.OverallLoss is { } overall ? Write(overall) : null),
        ("consistency", Text(phase.Consistency)), ("profitableDay", Text(phase.ProfitableDay)));

    private static JsonObject Write(DailyLossRule rule) => Present(
        ("anchor", Word(rule.Anchor)), ("percent", Text(rule.Allowance.Percent)), ("amount", Text(rule.Allowance.Amount)), ("of", rule.OfAnchor ? "anchor" : "initial"),
        ("compare", Word(rule.Compare)), ("evaluate", Word(rule.Evaluate)), ("effect", Word(rule.Effect)));

    private static JsonObject Write(OverallLossRule rule) => Present(
        ("mode", Word(rule.Mode)), ("percent", Text(rule.Allowance.Percent)), ("amount", Text(rule.Allowance.Amount)), ("of", rule.OfPeak ? "peak" : "initial"),
        ("compare", Word(rule.Compare)), ("lock", Word(rule.Lock)), ("lockOffset", Text(rule.LockOffset)), ("payout", Word(rule.Payout)));

    private static PhaseDefinition Phase(JsonFields phase, string defaultName, DailyLossRule? daily, OverallLossRule? overall)
    {
        phase.Only(PhaseFields);
        return new PhaseDefinition(
            phase.Has("name") ? phase.Text("name") ?? "" : defaultName,
            phase.Has("profitTarget") && phase.Decimal("profitTarget") is { } target ? new Percent(target) : null,
            phase.Has("minimumTradingDays") ? phase.Count("minimumTradingDays") : 0,
            phase.Has("maximumDays") ? phase.Count("maximumDays") : null,
            Daily(phase, daily),
            Overall(phase, overall),
            phase.Has("consistency") && phase.Decimal("consistency") is { } share ? new Percent(share) : null,
            phase.Has("profitableDay") && phase.Decimal("profitableDay") is { } least ? new Percent(least) : null);
    }

    private static TradingTerms Trading(JsonFields trading)
    {
        trading.Only(TradingJson.Fields);
        return TradingJson.Read(trading);
    }

    private static PayoutTerms Payout(JsonFields payout)
    {
        payout.Only("firstAfterDays", "cycleDays", "minimum", "split", "splitStep", "splitCap");
        var split = new Percent(payout.Decimal("split") ?? 0m);
        return new PayoutTerms(
            payout.Count("firstAfterDays"), payout.Count("cycleDays"), payout.Has("minimum") ? payout.Decimal("minimum") ?? 0m : 0m, split,
            new Percent(payout.Has("splitStep") ? payout.Decimal("splitStep") ?? 0m : 0m),
            payout.Has("splitCap") ? new Percent(payout.Decimal("splitCap") ?? 0m) : split);
    }

    private static ScalingTerms Scaling(JsonFields scaling)
    {
        scaling.Only("months", "profit", "paidPayouts", "factor", "cap", "split");
        return new ScalingTerms(
            scaling.Count("months"), new Percent(scaling.Decimal("profit") ?? 0m), scaling.Count("paidPayouts"), scaling.Decimal("factor") ?? 0m, scaling.Decimal("cap") ?? 0m,
            new Percent(scaling.Decimal("split") ?? 0m));
    }

    private static SizePrice Size(JsonFields size)
    {
        size.Only("balance", "price");
        return new SizePrice(size.Decimal("balance") ?? 0m, size.Decimal("price") ?? 0m);
    }

    private static DailyLossRule? Daily(JsonFields at, DailyLossRule? otherwise) =>
        at.Has("dailyLoss") ? at.Object("dailyLoss") is { } rule ? RuleScenarioReader.Daily(rule) : null : otherwise;

    private static OverallLossRule? Overall(JsonFields at, OverallLossRule? otherwise) =>
        at.Has("overallLoss") ? at.Object("overallLoss") is { } rule ? RuleScenarioReader.Overall(rule) : null : otherwise;

    private static Currency CurrencyOf(JsonFields file)
    {
        if (!Currency.TryOf(file.Text("currency"), out var currency)) file.Problem("currency", "is not a currency known here");
        return currency;
    }

    private static JsonObject Present(params (string Name, JsonNode? Value)[] fields) =>
        new(fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static string? Text(Percent? percent) => Text(percent?.Value);

    private static string? Text(decimal? value) => value is { } known ? PlainDecimal.Text(known) : null;

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
