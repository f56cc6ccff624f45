using System.Text.Json.Nodes;

namespace TradeSense.Modules.Tenancy;

/// <summary>A brand as a person fills it in: texts, still to be judged. The same rules as for <c>tenants.json</c> judge it, because it becomes one.</summary>
public sealed record TenantDraft(
    string Slug, string Name, IReadOnlyList<string> Hosts, string Culture, string Currency, string TimeZone, string DayStartsAt, string Theme, IReadOnlyList<string> ProhibitedCountries)
{
    /// <summary>Which input the words about a field of the file belong beside.</summary>
    private static readonly Dictionary<string, string> InputOf = new()
    {
        ["slug"] = nameof(Slug), ["name"] = nameof(Name), ["hosts"] = nameof(Hosts), ["culture"] = nameof(Culture), ["currency"] = nameof(Currency),
        ["tradingDay.timeZone"] = nameof(TimeZone), ["tradingDay.startsAt"] = nameof(DayStartsAt), ["theme"] = nameof(Theme), ["prohibitedCountries"] = nameof(ProhibitedCountries),
    };

    /// <summary>The draft of a brand as it stands.</summary>
    public static TenantDraft Of(Tenant tenant) => new(
        tenant.Slug, tenant.Name, tenant.Hosts, tenant.Culture, tenant.Currency.Code, tenant.TradingDay.TimeZone,
        tenant.TradingDay.StartsAt.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture), tenant.Theme, tenant.ProhibitedCountries);

    public Result<TenantDescription> Check()
    {
        var (tenants, problems) = TenantFile.Parse(AsFile().ToJsonString(), []);
        if (problems.Count == 0) return tenants[0];

        var field = problems[0].Path["tenants[0].".Length..].Split('[')[0];
        return TenantRefusal.Invalid.With(problems[0].Message) with { Field = InputOf.GetValueOrDefault(field) };
    }

    private JsonObject AsFile()
    {
        static JsonArray List(IEnumerable<string> items) => [.. items.Select(item => JsonValue.Create(item))];
        return new JsonObject
        {
            ["tenants"] = new JsonArray(new JsonObject
            {
                ["slug"] = Slug, ["name"] = Name, ["hosts"] = List(Hosts.Select(host => host.ToLowerInvariant())), ["culture"] = Culture, ["currency"] = Currency,
                ["tradingDay"] = new JsonObject { ["timeZone"] = TimeZone, ["startsAt"] = DayStartsAt }, ["theme"] = Theme, ["prohibitedCountries"] = List(ProhibitedCountries),
            }),
        };
    }
}
