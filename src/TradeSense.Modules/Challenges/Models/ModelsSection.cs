using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Challenges.Models;

/// <summary>The <c>models</c> of a tenant file. Terms that were published before, by the file or at the console, are not published again.</summary>
internal sealed class ModelsSection(TradeSenseDb db, CurrentTenant tenant, PublishModelVersion publish) : ITenantSection
{
    public string Name => "models";

    public IEnumerable<(string Path, string Message)> Check(JsonElement section)
    {
        if (section.ValueKind is not JsonValueKind.Array) return [("", "A list of challenge models.")];

        var models = section.EnumerateArray().ToList();
        var twice = models.Select((model, i) => (Slug: SlugOf(model), Index: i)).GroupBy(pair => pair.Slug).SelectMany(group => group.Skip(1))
            .Select(pair => ($"[{pair.Index}].slug", $"Two models are called “{pair.Slug}”."));
        return models.SelectMany((model, i) => CheckOne(model).Select(problem => ($"[{i}]{problem.Path}", problem.Message))).Concat(twice);
    }

    public async Task Apply(JsonElement section, CancellationToken ct)
    {
        foreach (var element in section.EnumerateArray())
        {
            var (slug, definition) = (SlugOf(element), ModelJson.Read(element, tenant.Value.Currency, tenant.Value.TradingDay, []));
            var hash = ModelVersion.HashOf(ModelJson.Canonical(definition));
            var model = await db.Set<ChallengeModel>().SingleOrDefaultAsync(row => row.Slug == slug, ct);
            if (model is not null && await db.Set<ModelVersion>().AnyAsync(row => row.ModelId == model.Id && row.Hash == hash, ct)) continue;

            var published = await publish.Run(new PublishModelVersion.Request(model?.Id, definition, slug), ct);
            if (published.IsRefused) throw new InvalidOperationException($"A checked model was refused: {published.Refusal.Code}");
        }
    }

    public async Task<JsonNode?> Export(CancellationToken ct)
    {
        var models = await db.Set<ChallengeModel>().AsNoTracking().OrderBy(model => model.Rank).ToListAsync(ct);
        var list = new JsonArray();
        foreach (var model in models)
        {
            var newest = await db.Set<ModelVersion>().AsNoTracking().Where(version => version.ModelId == model.Id).OrderByDescending(version => version.Number).FirstAsync(ct);
            var element = JsonNode.Parse(newest.DefinitionJson)!.AsObject();
            element.Insert(0, "slug", model.Slug);
            list.Add(element);
        }

        return list.Count > 0 ? list : null;
    }

    /// <summary>First the form of every field, and when all can be read, what contradicts itself.</summary>
    private static IEnumerable<(string Path, string Message)> CheckOne(JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.Object) return [("", "A model is an object.")];

        var problems = new List<string>();
        var definition = ModelJson.Read(element, Currency.Usd, TradingDay.Default, problems);
        if (!ModelSlug.IsGood(SlugOf(element))) problems.Add("slug: must be small letters, digits and hyphens");
        if (problems.Count > 0) return problems.Select(problem => problem.Split(": ", 2)).Select(parts => ("." + parts[0], parts[1]));

        var words = RefusalWords.Of("Challenges");
        return ModelChecks.Of(definition).Select(refusal =>
            ("." + PathOf(refusal.Field!), string.Format(CultureInfo.InvariantCulture, words[refusal.Code], refusal.Arguments)));
    }

    private static string SlugOf(JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.Object) return "";
        if (element.TryGetProperty("slug", out var slug)) return slug.ValueKind is JsonValueKind.String ? slug.GetString()! : "";
        return element.TryGetProperty("name", out var name) && name.ValueKind is JsonValueKind.String ? ModelSlug.Of(name.GetString()!) : "";
    }

    /// <summary>The form's field as the file calls it: <c>Phases[0].ProfitTarget</c> is <c>phases[0].profitTarget</c>, Leverage is under trading.</summary>
    private static string PathOf(string field) => field switch
    {
        "TimeZone" => "tradingDay.timeZone",
        "Leverage" or "StopOut" or "SpreadMarkupPoints" or "CommissionFactor" or "InactivityDays" => "trading." + Camel(field),
        "MetalsLeverage" => "trading.leverageOf",
        "MetalsMarkup" => "trading.spreadMarkupOf",
        "NewsMinutesBefore" or "NewsCounted" => "trading.news",
        _ when RulesDraft.Has(field) => "trading." + Camel(field),
        "FirstAfterDays" or "CycleDays" or "Split" or "SplitStep" or "SplitCap" => "payout." + Camel(field),
        "MinimumPayout" => "payout.minimum",
        _ => string.Join('.', field.Split('.').Select(Camel)),
    };

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
