using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Ledger;

/// <summary>What an account is for. Debit balances are positive, credit balances negative.</summary>
public enum LedgerAccountKind
{
    /// <summary>Asset: what a payment gateway owes the firm; one account per gateway.</summary>
    GatewayClearing,

    /// <summary>Expense: what a gateway kept; one account per gateway.</summary>
    GatewayFees,

    /// <summary>Revenue: challenges sold, gross.</summary>
    Sales,

    /// <summary>Liability: received, but not for an order as it stands; somebody must look.</summary>
    UnmatchedReceipts,

    /// <summary>Expense: traders' shares of profit.</summary>
    ProfitShare,

    /// <summary>Liability: reserved for a trader and not yet paid; one account per trader.</summary>
    PayoutPayable,

    /// <summary>Asset: the firm's bank.</summary>
    Bank,
}

/// <summary>Names one account of a firm; it comes into being with the first posting, in each currency separately.</summary>
/// <param name="Owner">The gateway's name or the trader's id for kinds that have one account each; else empty.</param>
public sealed record LedgerAccountName(LedgerAccountKind Kind, string Owner)
{
    public static LedgerAccountName Sales { get; } = new(LedgerAccountKind.Sales, "");
    public static LedgerAccountName UnmatchedReceipts { get; } = new(LedgerAccountKind.UnmatchedReceipts, "");
    public static LedgerAccountName ProfitShare { get; } = new(LedgerAccountKind.ProfitShare, "");
    public static LedgerAccountName Bank { get; } = new(LedgerAccountKind.Bank, "");

    public static LedgerAccountName GatewayClearing(string gateway) => new(LedgerAccountKind.GatewayClearing, gateway);
    public static LedgerAccountName GatewayFees(string gateway) => new(LedgerAccountKind.GatewayFees, gateway);
    public static LedgerAccountName PayoutPayable(Guid traderId) => new(LedgerAccountKind.PayoutPayable, traderId.ToString());

    public override string ToString() => Owner.Length == 0 ? Kind.ToString() : $"{Kind}:{Owner}";
}

public sealed class LedgerAccount : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public LedgerAccountKind Kind { get; init; }
    public required string Owner { get; init; }
    public Currency Currency { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<LedgerAccount>
    {
        public void Configure(EntityTypeBuilder<LedgerAccount> account) => account.ToTable("ledger_accounts").HasKey(row => new { row.TenantId, row.Id });
    }
}
