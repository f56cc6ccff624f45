using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Payments.Gateways;

/// <summary>Every gateway this installation knows, and how the firm uses each; those in use first, in the order they are preferred.</summary>
public sealed class GatewayList(TradeSenseDb db, IEnumerable<IPaymentGateway> gateways, CurrentTenant tenant)
{
    /// <param name="FeeFixed">Kept of each payment, beside the percentage.</param>
    public sealed record Row(string Name, bool IsTestMode, bool IsEnabled, Percent FeePercent, Money FeeFixed)
    {
        /// <summary>sandbox is “Sandbox”.</summary>
        public string Title => char.ToUpperInvariant(Name[0]) + Name[1..];
    }

    public async Task<IReadOnlyList<Row>> Read(CancellationToken ct)
    {
        var used = await db.Set<PaymentGateway>().AsNoTracking().ToDictionaryAsync(row => row.Name, ct);
        return
        [
            .. gateways.Select(gateway => (gateway, row: used.GetValueOrDefault(gateway.Name)))
                .OrderBy(pair => pair.row is not { IsEnabled: true }).ThenBy(pair => pair.row?.Rank ?? int.MaxValue)
                .Select(pair => new Row(pair.gateway.Name, pair.gateway.IsTestMode, pair.row?.IsEnabled ?? false, pair.row?.FeePercent ?? new Percent(0), new Money(pair.row?.FeeFixed ?? 0m, tenant.Value.Currency))),
        ];
    }
}
