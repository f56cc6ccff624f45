using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Engine.Events;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Accounts;

/// <summary>A closed deal: all or part of a position. Commission is this close's and its share of the opening's; swap is negative when paid.</summary>
public sealed class Trade : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public Guid UserId { get; init; }
    public int Position { get; init; }
    public required string Symbol { get; init; }
    public Side Side { get; init; }
    public decimal Lots { get; init; }
    public decimal OpenPrice { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public decimal ClosePrice { get; init; }
    public DateTimeOffset ClosedAt { get; init; }

    /// <summary>From the prices alone, in account currency, rounded to its minor unit.</summary>
    public decimal Profit { get; init; }

    public decimal Commission { get; init; }
    public decimal Swap { get; init; }

    /// <summary>The account's balance after the close.</summary>
    public decimal Balance { get; init; }

    /// <summary>The account's trading day the close fell into.</summary>
    public DateOnly TradingDay { get; init; }

    public CloseReason Reason { get; init; }

    /// <summary>The worst and best closing prices while it was open, and what the lots would have come to there: adverse and favourable excursion.</summary>
    public decimal? Worst { get; init; }
    public decimal? Best { get; init; }
    public decimal? WorstProfit { get; init; }
    public decimal? BestProfit { get; init; }

    /// <summary>The most margin the position bound; zero on trades from before it was kept.</summary>
    public decimal MarginHigh { get; init; }

    /// <summary>The part of the profit that a news rule leaves out of the target; more than zero is a trade classified as reduced.</summary>
    public decimal Uncounted { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Trade>
    {
        public void Configure(EntityTypeBuilder<Trade> trade) => trade.ToTable("trades").HasKey(row => new { row.TenantId, row.Id });
    }
}
