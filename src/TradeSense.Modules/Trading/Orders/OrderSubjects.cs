using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>
/// What an order is about, as far as that never changes: whose the account is, which instrument a position or a pending order is in. Read once and kept, so
/// that an order costs the database nothing but its commit. What has ended is found too: a command that is sent again must mean what it meant the first time.
/// </summary>
public sealed class OrderSubjects(TenantLookup lookup) : IDisposable
{
    private const int Most = 50_000;
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = Most });

    private sealed record Owner(Guid Tenant, Guid User);

    /// <summary>A pending order's own terms.</summary>
    public sealed record Waiting(string Symbol, Side Side, OrderKind Kind);

    public async Task<bool> Owns(Guid tenant, Guid user, Guid account, CancellationToken ct) =>
        await Get<Owner>(account, 0, tenant, row => new Owner(tenant, row.GetGuid(0)), () => TenantLookup.Ask("select user_id from trading_accounts where tenant_id = $1 and id = $2", tenant, account), ct)
            == new Owner(tenant, user);

    /// <summary>The symbol of a position, open or closed; null when there never was one of this number.</summary>
    public Task<string?> SymbolOf(Guid tenant, Guid account, int position, CancellationToken ct) =>
        Get(account, position, tenant, row => row.GetString(0), () => TenantLookup.Ask("""
            (select symbol from positions where tenant_id = $1 and account_id = $2 and number = $3)
            union all (select symbol from trades where tenant_id = $1 and account_id = $2 and position = $3 limit 1) limit 1
            """, tenant, account, position), ct);

    /// <summary>A pending order as it was placed, still waiting or gone; null when there never was one of this number.</summary>
    public async Task<Waiting?> WaitingOf(Guid tenant, Guid account, int order, CancellationToken ct) =>
        await Get(account, order, tenant, Terms, () => TenantLookup.Ask("select symbol, side, kind from pending_orders where tenant_id = $1 and account_id = $2 and number = $3", tenant, account, order), ct)
            ?? await Get(account, order, tenant, Terms, () => TenantLookup.Ask("""
                select body::jsonb -> 'order' ->> 'symbol', body::jsonb -> 'order' ->> 'side', body::jsonb -> 'order' ->> 'kind' from journal_entries
                where tenant_id = $1 and account_id = $2 and kind = 'order_placed' and body::jsonb -> 'order' ->> 'number' = $3 limit 1
                """, tenant, account, order.ToString(System.Globalization.CultureInfo.InvariantCulture)), ct);

    private static Waiting Terms(NpgsqlDataReader row) =>
        new(row.GetString(0), Enum.Parse<Side>(row.GetString(1), ignoreCase: true), Enum.Parse<OrderKind>(row.GetString(2), ignoreCase: true));

    private async Task<T?> Get<T>(Guid account, int number, Guid tenant, Func<NpgsqlDataReader, T> row, Func<NpgsqlBatchCommand> question, CancellationToken ct) where T : class
    {
        var key = (typeof(T), tenant, account, number);
        if (_kept.TryGetValue(key, out var kept)) return (T)kept!;

        var found = await lookup.Read(tenant, row, ct, question());
        if (found.Count > 0) _kept.Set(key, found[0], new MemoryCacheEntryOptions { Size = 1 });
        return found.Count > 0 ? found[0] : null;
    }

    public void Dispose() => _kept.Dispose();
}
