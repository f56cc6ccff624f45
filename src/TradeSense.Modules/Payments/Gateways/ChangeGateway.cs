using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Payments.Gateways;

/// <summary>
/// Switches a gateway on or off for new orders and sets what it keeps of a payment. Its signing secret is made here, at the first use.
/// Orders that wait for a payment keep their gateway: a switched-off one takes no more reports, so it is switched off when nobody waits.
/// </summary>
public sealed class ChangeGateway(TradeSenseDb db, Vault vault, IEnumerable<IPaymentGateway> gateways, CurrentTenant tenant, AuditTrail audit, TimeProvider clock)
{
    public sealed record Request(string Name, bool IsEnabled, decimal FeePercent, decimal FeeFixed);

    public async Task<Result> Run(Request request, CancellationToken ct)
    {
        if (gateways.All(gateway => gateway.Name != request.Name)) return PaymentRefusal.GatewayUnknown;
        if (request.FeePercent is < 0 or >= 100) return PaymentRefusal.FeePercentOutOfRange with { Field = nameof(Request.FeePercent) };
        var minor = tenant.Value.Currency.MinorDigits;
        if (request.FeeFixed is < 0 or >= 1_000_000 || request.FeeFixed != decimal.Round(request.FeeFixed, minor, MidpointRounding.ToZero)) return PaymentRefusal.FeeFixedOutOfRange with { Field = nameof(Request.FeeFixed) };

        var row = await db.Set<PaymentGateway>().SingleOrDefaultAsync(row => row.Name == request.Name, ct) ?? await Add(request.Name, ct);
        if (row.IsEnabled && !request.IsEnabled && await db.Set<Order>().AnyAsync(order => order.Gateway == row.Name && order.Status == OrderStatus.AwaitingPayment && order.SessionId != null && order.CreatedAt > clock.GetUtcNow().AddHours(-1), ct))
            return PaymentRefusal.GatewayInUse;

        var was = row.IsEnabled;
        (row.IsEnabled, row.FeePercent, row.FeeFixed) = (request.IsEnabled, new Percent(request.FeePercent), request.FeeFixed);
        await audit.Record("gateway.changed", PaymentGateway.SubjectOf(row.Name), new { Was = was, row.IsEnabled, FeePercent = request.FeePercent, row.FeeFixed }, ct);
        return Result.Ok;
    }

    internal async Task<PaymentGateway> Add(string name, CancellationToken ct)
    {
        var secret = await vault.Seal(PaymentGateway.SubjectOf(name), PaymentGateway.SecretColumn, RandomNumberGenerator.GetBytes(32), ct);
        var row = new PaymentGateway { Id = Guid.CreateVersion7(clock.GetUtcNow()), Name = name, Secret = secret, Rank = await db.Set<PaymentGateway>().CountAsync(ct) };
        db.Add(row);
        return row;
    }
}
