using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Rules;
using TradeSense.Modules.Database;
using TradeSense.Modules.Jobs;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Risk;

/// <summary>
/// A trading day started: the shards are told the time, which makes the engine take every account's snapshot in one set-based commit, and the closing
/// is recorded, once for each tenant, day and way of counting days.
/// </summary>
public sealed class TakeDaySnapshots(TradeSenseDb db, CurrentTenant tenant, TradingDesk desk, TimeProvider clock)
{
    /// <returns>How many closings were new.</returns>
    public async Task<int> Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await desk.AdvanceTo(now, ct);

        var recorded = 0;
        foreach (var day in await DaysInUse(ct)) recorded += await Record(day, TradingDayClock.LabelOf(day, now), now, ct);
        return recorded;
    }

    private async Task<IReadOnlyCollection<TradingDay>> DaysInUse(CancellationToken ct)
    {
        var texts = await db.Database.SqlQuery<string>($"""
            select distinct (terms -> 'tradingDay')::text as "Value" from trading_accounts where tenant_id = {tenant.Id} and status in ('Opening', 'Active', 'Paused')
            """).ToListAsync(ct);
        return texts.Select(text => JsonSerializer.Deserialize<TradingDay>(text, Json.Options)!).Append(tenant.Value.TradingDay).ToHashSet();
    }

    private Task<int> Record(TradingDay day, DateOnly label, DateTimeOffset now, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        insert into day_closings (tenant_id, day, time_zone, starts_at, at, accounts, balance, equity)
        select {tenant.Id}, {label}, {day.TimeZone}, {day.StartsAt}, {now}, count(*), coalesce(sum(s.balance), 0), coalesce(sum(s.equity), 0)
        from day_snapshots s join trading_accounts a on a.tenant_id = s.tenant_id and a.id = s.account_id
        where s.tenant_id = {tenant.Id} and s.day = {label}
            and a.terms -> 'tradingDay' ->> 'timeZone' = {day.TimeZone} and (a.terms -> 'tradingDay' ->> 'startsAt')::time = {day.StartsAt}
        on conflict do nothing
        """, ct);
}

/// <summary>At every day start of the tenant's.</summary>
internal sealed class TakeDaySnapshotsJob(TakeDaySnapshots take) : ITenantJob
{
    public Task Run(CancellationToken ct) => take.Run(ct);
}
