using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Terminal;

/// <summary>What a trader can keep: how the terminal stands now, named layouts, charts' looks, a symbol's drawings, orders made ready, and settings.</summary>
public enum TerminalItemKind { Workspace, Layout, ChartTemplate, Drawings, OrderTemplate, Settings }

/// <summary>One thing a trader keeps in the terminal, named within its kind. It follows the trader to every device.</summary>
public sealed class TerminalItem : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid UserId { get; init; }
    public TerminalItemKind Kind { get; init; }
    public required string Name { get; init; }

    /// <summary>A JSON object of the terminal's own script.</summary>
    public required string Body { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<TerminalItem>
    {
        public void Configure(EntityTypeBuilder<TerminalItem> item)
        {
            item.ToTable("terminal_items").HasKey(row => new { row.TenantId, row.Id });
            item.Property(row => row.Kind).HasConversion<string>();
            item.Property(row => row.Body).HasColumnType("jsonb");
        }
    }
}
