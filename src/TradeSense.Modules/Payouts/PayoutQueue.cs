using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;

namespace TradeSense.Modules.Payouts;

/// <summary>The firm's queue of payouts: what waits, the oldest clock first.</summary>
public sealed class PayoutQueue(TradeSenseDb db, TimeProvider clock)
{
    public sealed record Row(Guid Id, long Number, string Trader, PayoutStatus Status, Money Share, DateTimeOffset RequestedAt, DateTimeOffset DueAt, bool IsOverdue, bool WaitsForSecond);

    /// <summary>For the overview: how many wait and when the first is due.</summary>
    public sealed record Clock(int Waiting, int Overdue, DateTimeOffset? FirstDue);

    /// <param name="waiting">True: those that wait for a decision; false: the newest others.</param>
    public async Task<IReadOnlyList<Row>> Read(bool waiting, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var payouts = db.Set<Payout>().AsNoTracking();
        payouts = waiting
            ? payouts.Where(row => row.Status == PayoutStatus.AwaitingDecision).OrderBy(row => row.DueAt)
            : payouts.Where(row => row.Status != PayoutStatus.AwaitingDecision && row.Status != PayoutStatus.Requested).OrderByDescending(row => row.RequestedAt).Take(100);
        var rows = await (
            from payout in payouts
            join user in db.Set<User>() on payout.UserId equals user.Id
            select new { payout, user.UserName }).ToListAsync(ct);
        return [.. rows.Select(row => new Row(
            row.payout.Id, row.payout.Number, row.UserName, row.payout.Status, row.payout.Share, row.payout.RequestedAt, row.payout.DueAt,
            row.payout.Status is PayoutStatus.AwaitingDecision && row.payout.DueAt <= now,
            row.payout.Status is PayoutStatus.AwaitingDecision && row.payout.FirstApprovedBy is not null)).OrderBy(row => waiting ? row.DueAt.UtcTicks : -row.RequestedAt.UtcTicks)];
    }

    public async Task<Clock> Clocks(CancellationToken ct)
    {
        var due = await db.Set<Payout>().AsNoTracking().Where(row => row.Status == PayoutStatus.AwaitingDecision).Select(row => row.DueAt).ToListAsync(ct);
        return new Clock(due.Count, due.Count(at => at <= clock.GetUtcNow()), due.Count == 0 ? null : due.Min());
    }
}
