using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Accounts;

/// <summary>A position as the engine last committed it. Its profit lives in the engine's view, not here.</summary>
public sealed class OpenPosition : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid AccountId { get; init; }
    public int Number { get; init; }
    public required string Symbol { get; init; }
    public Side Side { get; init; }
    public decimal Lots { get; init; }
    public decimal OpenPrice { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public decimal? StopLoss { get; init; }
    public decimal? TakeProfit { get; init; }
    public decimal CommissionPaid { get; init; }
    public decimal SwapPaid { get; init; }
    public required string OrderId { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<OpenPosition>
    {
        public void Configure(EntityTypeBuilder<OpenPosition> position) =>
            position.ToTable("positions").HasKey(row => new { row.TenantId, row.AccountId, row.Number });
    }
}
