using System.ComponentModel.DataAnnotations;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Web.Pages.Platform.Tenants;

/// <summary>A brand's fields in a form; lists are typed one item to a line or apart by commas and spaces.</summary>
public record TenantInput
{
    [StringLength(80)]
    public string Name { get; init; } = "";

    public string Hosts { get; init; } = "";
    public string Culture { get; init; } = "en-US";
    public string Currency { get; init; } = "USD";
    public string TimeZone { get; init; } = "America/New_York";
    public string DayStartsAt { get; init; } = "17:00";
    public string ProhibitedCountries { get; init; } = "KP IR CU SY MM US";

    public static TenantInput Of(TenantDraft draft) => new()
    {
        Name = draft.Name, Hosts = string.Join('\n', draft.Hosts), Culture = draft.Culture, Currency = draft.Currency, TimeZone = draft.TimeZone,
        DayStartsAt = draft.DayStartsAt, ProhibitedCountries = string.Join(' ', draft.ProhibitedCountries),
    };

    public TenantDraft Draft(string slug, string theme) =>
        new(slug.Trim(), Name ?? "", Items(Hosts), Culture ?? "", Currency ?? "", TimeZone ?? "", DayStartsAt ?? "", theme, Items(ProhibitedCountries?.ToUpperInvariant()));

    private static string[] Items(string? text) => (text ?? "").Split([' ', ',', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
}
