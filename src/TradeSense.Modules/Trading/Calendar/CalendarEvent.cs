using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TradeSense.Modules.Trading.Calendar;

public enum Importance { Low, Medium, High }

/// <summary>A release or decision that may move a currency. Those of high importance are what news rules refer to.</summary>
public sealed class CalendarEvent
{
    /// <summary>The source of what was entered by hand.</summary>
    public const string ByHand = "by hand";

    public Guid Id { get; init; }
    public required string Source { get; init; }

    /// <summary>Its name at the source, by which it is known again when it moves.</summary>
    public string? SourceId { get; init; }

    public DateTimeOffset At { get; set; }
    public required string Currency { get; set; }
    public required string Title { get; set; }
    public Importance Importance { get; set; }
    public string Forecast { get; set; } = "";
    public string Previous { get; set; } = "";
    public DateTimeOffset ChangedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CalendarEvent>
    {
        public void Configure(EntityTypeBuilder<CalendarEvent> row)
        {
            row.ToTable("calendar_events").HasKey(found => found.Id);
            row.Property(found => found.Importance).HasConversion<string>();
        }
    }
}
