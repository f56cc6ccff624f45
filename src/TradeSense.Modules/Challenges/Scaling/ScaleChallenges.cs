using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Jobs;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Challenges.Scaling;

/// <summary>Has the engine grow the funded accounts that have earned it. The engine's answer is told by its event; an account grows once to each size, however often this runs.</summary>
public sealed class ScaleChallenges(TradeSenseDb db, TradingDesk desk, ScalingProgress progress, TimeProvider clock, ILogger<ScaleChallenges> log)
{
    /// <returns>How many accounts grew.</returns>
    public async Task<int> Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        // What closes at the day's start itself belongs to the month that ends with it, and must be in the trades.
        await desk.AdvanceTo(now, ct);
        var accounts = await db.Set<TradingAccount>().FromSql($"""
            select account.* from trading_accounts account
            join challenges challenge on challenge.tenant_id = account.tenant_id and challenge.id = account.challenge_id
            where account.status = 'Active' and account.terms -> 'scaling' is not null and challenge.status = 'Funded' and challenge.phase_index = account.phase_index
            """).AsNoTracking().ToListAsync(ct);
        var standings = await progress.Of(accounts, ct);

        var grown = 0;
        foreach (var account in accounts.OrderBy(account => account.Number))
            if (standings.GetValueOrDefault(account.Id) is { IsMet: true, Next: { } next } && await Grow(account, next, now, ct)) grown++;
        return grown;
    }

    /// <summary>The size and the trading day make the client id: a repetition on the same day has the same outcome, and one that was refused may be asked for again on the next.</summary>
    private async Task<bool> Grow(TradingAccount account, Money next, DateTimeOffset now, CancellationToken ct)
    {
        var id = $"scale:{PlainDecimal.Text(next.Amount)}:{TradingDayClock.LabelOf(account.Terms.TradingDay, now):yyyy-MM-dd}";
        var outcome = await desk.Send(new ScaleAccount(now, new AccountId(account.Id), id, next), ct);
        if (outcome is CommandOutcome.Accepted) return true;

        log.LogInformation("Account {Account} did not grow to {Size}; it is asked for again at the next day's start", account.Id, next);
        return false;
    }
}

/// <summary>At every day start of the tenant's.</summary>
internal sealed class ScaleChallengesJob(ScaleChallenges scale) : ITenantJob
{
    public Task Run(CancellationToken ct) => scale.Run(ct);
}
