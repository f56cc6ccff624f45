using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Jobs;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Challenges.Progress;

/// <summary>Ends accounts whose time limit has passed or on which nobody trades; time an incident paused counts for neither. The engine closes them; its answer ends the challenge.</summary>
public sealed class ExpireChallenges(TradeSenseDb db, TradingDesk desk, TimeProvider clock, ILogger<ExpireChallenges> log)
{
    /// <summary>How many accounts were closed. The client id is fixed by account and reason, so that running again closes nothing twice.</summary>
    public async Task<int> Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        // Incidents overlap (an outage is one for each symbol), so their ranges are joined before they are measured; what lay before a clock started never ran on it.
        var due = await db.Database.SqlQuery<Due>($"""
            select id as "Id", case when timed_out then {ExpiryReason.TimeLimit} else {ExpiryReason.Inactivity} end as "Reason"
            from trading_accounts account
            cross join lateral (
                select coalesce(sum(upper(part) - greatest(lower(part), account.opened_at)) filter (where upper(part) > account.opened_at), interval '0') as since_opening,
                    coalesce(sum(upper(part) - greatest(lower(part), active.at)) filter (where upper(part) > active.at), interval '0') as since_activity
                from (select coalesce(account.last_activity_at, account.opened_at) as at) active
                left join lateral (
                    select unnest(range_agg(tstzrange(pause.started_at, pause.ended_at))) as part from clock_pauses pause
                    where pause.tenant_id = account.tenant_id and pause.account_id = account.id) parts on true) paused
            cross join lateral (
                select opened_at + paused.since_opening + ((terms->>'maximumDays')::int * interval '1 day') <= {now} as timed_out,
                    (terms->>'inactivityDays')::int > 0
                        and coalesce(last_activity_at, opened_at) + paused.since_activity + ((terms->>'inactivityDays')::int * interval '1 day') <= {now}
                        and not exists (select from positions where positions.tenant_id = account.tenant_id and positions.account_id = account.id) as is_idle) limits
            where status in ('Active', 'Paused') and (timed_out or is_idle)
            order by id
            """).ToListAsync(ct);

        var closed = 0;
        foreach (var account in due)
        {
            var outcome = await desk.Send(new CloseAccount(now, new AccountId(account.Id), $"expire:{account.Reason}", account.Reason), ct);
            // An account that ended meanwhile refuses; one whose shard is busy is met again at the next run.
            if (outcome is CommandOutcome.Accepted) closed++;
            else log.LogInformation("Account {Account} was not closed for {Reason}", account.Id, account.Reason);
        }

        return closed;
    }

    internal sealed record Due(Guid Id, string Reason);
}

/// <summary>Every few minutes: a limit counted in days may be kept that closely.</summary>
internal sealed class ExpireChallengesJob(ExpireChallenges expire) : ITenantJob
{
    public Task Run(CancellationToken ct) => expire.Run(ct);
}
