using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TradeSense.Modules.Trading.Calendar;

/// <summary>A calendar file as it was read, kept until somebody has looked at its lines and takes it over.</summary>
public sealed class CalendarImport
{
    public Guid Id { get; init; }
    public required string FileName { get; init; }
    public required string Source { get; init; }

    /// <summary>JSON of <see cref="CalendarRow"/>.</summary>
    public required string Rows { get; init; }

    public required string MadeBy { get; init; }
    public DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset? AppliedAt { get; set; }
    public int Added { get; set; }
    public int Changed { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CalendarImport>
    {
        public void Configure(EntityTypeBuilder<CalendarImport> row)
        {
            row.ToTable("calendar_imports").HasKey(found => found.Id);
            row.Property(found => found.Rows).HasColumnType("jsonb");
        }
    }
}

/// <summary>One event of a file, or why its line is none.</summary>
/// <param name="Line">Of the file, counted from 1; in JSON the place in the list.</param>
/// <param name="Problem">What is wrong with it; such a line is left out.</param>
public sealed record CalendarRow(
    int Line, string? SourceId, DateTimeOffset At, string Currency, string Title, Importance Importance, string Forecast, string Previous, string? Problem = null);
