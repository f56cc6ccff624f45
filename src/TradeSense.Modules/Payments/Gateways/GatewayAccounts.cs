using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Payments.Gateways;

/// <summary>A firm's account at a gateway, ready for use.</summary>
public sealed record GatewayAccount(IPaymentGateway Gateway, byte[] Secret, Percent FeePercent, decimal FeeFixed)
{
    /// <summary>What the gateway keeps of a payment: 2.9 % + 0.30 of USD 49.00 is 1.72. Never more than the payment.</summary>
    public Money FeeOf(Money amount)
    {
        var fee = Money.Rounded(FeePercent.Of(amount.Amount) + FeeFixed, amount.Currency, MidpointRounding.ToEven);
        return fee < amount ? fee : amount;
    }
}

/// <summary>The gateways a firm has enabled.</summary>
public sealed class GatewayAccounts(TradeSenseDb db, Vault vault, IEnumerable<IPaymentGateway> gateways)
{
    /// <summary>The gateway a new order is paid through: the first enabled one.</summary>
    public async Task<string?> Choose(CancellationToken ct) => (await db.Set<PaymentGateway>().AsNoTracking()
        .Where(row => row.IsEnabled).OrderBy(row => row.Rank).Select(row => row.Name).ToListAsync(ct)).Find(name => gateways.Any(gateway => gateway.Name == name));

    /// <summary>Null for a gateway this firm does not use.</summary>
    public async Task<GatewayAccount?> Find(string name, CancellationToken ct)
    {
        var gateway = gateways.FirstOrDefault(gateway => gateway.Name == name);
        var row = await db.Set<PaymentGateway>().AsNoTracking().SingleOrDefaultAsync(row => row.Name == name && row.IsEnabled, ct);
        if (gateway is null || row is null) return null;

        var secret = await vault.Open(PaymentGateway.SubjectOf(name), PaymentGateway.SecretColumn, row.Secret, ct);
        return new GatewayAccount(gateway, secret, row.FeePercent, row.FeeFixed);
    }
}

public sealed class PaymentGateway : ITenantOwned
{
    internal const string SecretColumn = "payment_gateways|secret";

    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public required string Name { get; init; }
    public bool IsEnabled { get; set; }
    public int Rank { get; set; }
    public Percent FeePercent { get; set; }
    public decimal FeeFixed { get; set; }

    /// <summary>Sealed; see <see cref="Vault"/>.</summary>
    public required byte[] Secret { get; set; }

    internal static string SubjectOf(string name) => $"gateway:{name}";

    internal sealed class Mapping : IEntityTypeConfiguration<PaymentGateway>
    {
        public void Configure(EntityTypeBuilder<PaymentGateway> gateway) => gateway.ToTable("payment_gateways").HasKey(row => new { row.TenantId, row.Id });
    }
}
