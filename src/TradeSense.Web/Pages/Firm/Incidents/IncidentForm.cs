using System.ComponentModel.DataAnnotations;
using System.Globalization;
using TradeSense.Modules.Risk.Incidents;

namespace TradeSense.Web.Pages.Firm.Incidents;

/// <summary>What a person declares, as typed; instants are UTC.</summary>
public sealed record IncidentForm
{
    public IncidentKind Kind { get; init; } = IncidentKind.WrongPrices;

    [StringLength(200)]
    public string? Symbols { get; init; }

    public string? From { get; init; }
    public string? To { get; init; }

    [StringLength(1000)]
    public string? Reason { get; init; }

    /// <summary>The year 1 where nothing sensible was typed, which the use case refuses.</summary>
    public static DateTimeOffset Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : default;
}
