using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Analytics;

/// <summary>How a brand is doing, in one word.</summary>
public enum TenantHealth { Healthy, Late, Failing, Suspended }

/// <summary>Every brand of the platform with its figures. Each is read in its own scope: no query sees two tenants.</summary>
public sealed class TenantTable(TenantDirectory directory, TenantScope scope, TimeProvider clock)
{
    /// <summary>A message of the outbox that is overdue for so long makes its brand late, then failing.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(1), FailingAfter = TimeSpan.FromMinutes(10);

    /// <param name="Overdue">For how long the oldest due message of the outbox waits.</param>
    public sealed record Row(Tenant Tenant, int Traders, int RunningAccounts, Money Sales30Days, Money Sales, int OutboxDue, TimeSpan Overdue, TenantHealth Health, DateTimeOffset? LastAction);

    public async Task<IReadOnlyList<Row>> Read(CancellationToken ct)
    {
        var rows = new List<Row>();
        foreach (var brand in directory.All.Where(tenant => tenant.Kind is TenantKind.Brand)) rows.Add(await Read(brand, ct));
        return [.. rows.OrderBy(row => row.Tenant.Name, StringComparer.OrdinalIgnoreCase)];
    }

    public async Task<Row?> Find(Guid tenantId, CancellationToken ct) =>
        directory.Find(tenantId) is { Kind: TenantKind.Brand } brand ? await Read(brand, ct) : null;

    private Task<Row> Read(Tenant brand, CancellationToken ct) => scope.Run(brand, async services =>
    {
        var db = services.GetRequiredService<TradeSenseDb>();
        var now = clock.GetUtcNow();
        var due = await db.Set<OutboxMessage>().Where(message => message.DoneAt == null && message.DueAt <= now).GroupBy(_ => 1)
            .Select(all => new { Count = all.Count(), Oldest = all.Min(message => message.CreatedAt) }).SingleOrDefaultAsync(ct);
        var overdue = due is null ? TimeSpan.Zero : now - due.Oldest;
        return new Row(
            brand,
            await db.Set<User>().CountAsync(user => user.Role == Role.Trader, ct),
            await db.Set<TradingAccount>().CountAsync(AccountList.IsRunning, ct),
            await Sales(db, brand, now.AddDays(-30), ct), await Sales(db, brand, DateTimeOffset.MinValue, ct),
            due?.Count ?? 0, overdue, HealthOf(brand, overdue),
            await db.Set<Audit.AuditEntry>().MaxAsync(entry => (DateTimeOffset?)entry.At, ct));
    }, ct);

    private static TenantHealth HealthOf(Tenant brand, TimeSpan overdue) =>
        brand.Status is TenantStatus.Suspended ? TenantHealth.Suspended
        : overdue >= FailingAfter ? TenantHealth.Failing
        : overdue >= LateAfter ? TenantHealth.Late
        : TenantHealth.Healthy;

    private static async Task<Money> Sales(TradeSenseDb db, Tenant brand, DateTimeOffset since, CancellationToken ct)
    {
        var currency = brand.Currency;
        var sum = await (
            from transfer in db.Set<LedgerTransfer>().AsNoTracking()
            join posting in db.Set<LedgerPosting>() on transfer.Id equals posting.TransferId
            join account in db.Set<LedgerAccount>() on posting.AccountId equals account.Id
            where account.Kind == LedgerAccountKind.Sales && posting.Currency == currency && transfer.At >= since
            select posting.Amount).SumAsync(ct);
        return new Money(-sum, currency);
    }
}
