using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.History;

/// <summary>An account at the start of a trading day: what the closed day came to, the new anchor and the floors that hold from here.</summary>
public sealed class DaySnapshot : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid AccountId { get; init; }

    /// <summary>The label of the day that starts.</summary>
    public DateOnly Day { get; init; }

    public DateTimeOffset At { get; init; }
    public DateOnly PreviousDay { get; init; }
    public decimal Balance { get; init; }
    public decimal Equity { get; init; }

    /// <summary>Realised profit of the closed day.</summary>
    public decimal PreviousProfit { get; init; }

    /// <summary>The most margin that was bound in the closed day.</summary>
    public decimal PreviousMarginHigh { get; init; }

    public bool TradedPreviousDay { get; init; }
    public decimal Anchor { get; init; }
    public decimal? DailyFloor { get; init; }
    public decimal Peak { get; init; }
    public decimal? OverallFloor { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<DaySnapshot>
    {
        public void Configure(EntityTypeBuilder<DaySnapshot> snapshot) =>
            snapshot.ToTable("day_snapshots").HasKey(row => new { row.TenantId, row.AccountId, row.Day });
    }
}
