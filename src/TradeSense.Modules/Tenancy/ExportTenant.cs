using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TradeSense.Modules.Tenancy;

/// <summary>Writes a tenant in the shape of <c>tenants.json</c>: what a firm needs to move, and what creates the same brand elsewhere.</summary>
public sealed class ExportTenant(CurrentTenant current, IEnumerable<ITenantSection> sections)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<string> Run(CancellationToken ct)
    {
        var tenant = current.Value;
        var json = new JsonObject
        {
            ["slug"] = tenant.Slug, ["name"] = tenant.Name, ["kind"] = tenant.Kind.ToString().ToLowerInvariant(), ["hosts"] = List(tenant.Hosts),
            ["culture"] = tenant.Culture, ["currency"] = tenant.Currency.Code,
            ["tradingDay"] = new JsonObject
            {
                ["timeZone"] = tenant.TradingDay.TimeZone, ["startsAt"] = tenant.TradingDay.StartsAt.ToString("HH:mm", CultureInfo.InvariantCulture),
            },
            ["theme"] = tenant.Theme, ["themeOverrides"] = Map(tenant.ThemeOverrides), ["texts"] = Map(tenant.Texts), ["prohibitedCountries"] = List(tenant.ProhibitedCountries),
        };
        foreach (var section in sections)
            if (await section.Export(ct) is { } exported) json[section.Name] = exported;

        return new JsonObject { ["tenants"] = new JsonArray(json) }.ToJsonString(Readable);
    }

    private static JsonArray List(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode?)text)];

    private static JsonObject Map(IReadOnlyDictionary<string, string> texts) => new(texts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
}
