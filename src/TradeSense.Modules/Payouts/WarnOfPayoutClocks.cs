using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Jobs;

namespace TradeSense.Modules.Payouts;

/// <summary>Tells those who decide payouts when the 24 hours of one near their end, and again when they are over; each once.</summary>
public sealed class WarnOfPayoutClocks(TradeSenseDb db, NotifyStaff notifyStaff, TimeProvider clock)
{
    public static readonly TimeSpan Before = TimeSpan.FromHours(4);

    /// <summary>How many warnings were given.</summary>
    public async Task<int> Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var near = await db.Set<Payout>()
            .FromSql($"select * from payouts where status = 'AwaitingDecision' and due_at <= {now + Before} and (warned_at is null or (overdue_told_at is null and due_at <= {now})) order by due_at for update skip locked")
            .ToListAsync(ct);
        foreach (var payout in near) await Warn(payout, now, ct);
        return near.Count;
    }

    private Task Warn(Payout payout, DateTimeOffset now, CancellationToken ct)
    {
        payout.WarnedAt ??= now;
        var isOver = payout.DueAt <= now;
        if (isOver) payout.OverdueToldAt = now;
        return notifyStaff.Run(new(
            Permission.DecidePayouts, isOver ? "payout.overdue" : "payout.nearly_due",
            isOver ? $"Payout {payout.Number} is overdue" : $"Payout {payout.Number} is due in {(int)Math.Ceiling((payout.DueAt - now).TotalHours)} hours",
            $"{payout.Share} to {payout.Holder}. The promise to the trader is a decision within 24 hours.", $"/firm/payouts?id={payout.Id}"), ct);
    }
}

/// <summary>Each five minutes.</summary>
internal sealed class WarnOfPayoutClocksJob(WarnOfPayoutClocks warn) : ITenantJob
{
    public Task Run(CancellationToken ct) => warn.Run(ct);
}
