using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.History;

/// <summary>An account with something open, once a minute.</summary>
public sealed class EquitySample : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid AccountId { get; init; }
    public DateTimeOffset At { get; init; }
    public decimal Balance { get; init; }
    public decimal Equity { get; init; }
    public decimal? DailyFloor { get; init; }
    public decimal? OverallFloor { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<EquitySample>
    {
        public void Configure(EntityTypeBuilder<EquitySample> sample) =>
            sample.ToTable("equity_samples").HasKey(row => new { row.TenantId, row.AccountId, row.At });
    }
}
