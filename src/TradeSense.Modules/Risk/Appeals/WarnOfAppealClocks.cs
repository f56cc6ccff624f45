using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Jobs;

namespace TradeSense.Modules.Risk.Appeals;

/// <summary>Tells those who decide appeals when the promised time of one nears its end, and again when it is over; each once.</summary>
public sealed class WarnOfAppealClocks(TradeSenseDb db, NotifyStaff notifyStaff, TellAppellant tell, TimeProvider clock)
{
    public static readonly TimeSpan Before = TimeSpan.FromHours(12);

    /// <summary>How many warnings were given.</summary>
    public async Task<int> Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var near = await db.Set<Appeal>().FromSql($"""
            select * from appeals where status in ('Open', 'OverturnProposed') and due_at <= {now + Before} and (warned_at is null or (overdue_told_at is null and due_at <= {now}))
            order by due_at for update skip locked
            """).AsTracking().ToListAsync(ct);
        foreach (var appeal in near) await Warn(appeal, now, ct);
        return near.Count;
    }

    private async Task Warn(Appeal appeal, DateTimeOffset now, CancellationToken ct)
    {
        appeal.WarnedAt ??= now;
        var isOver = appeal.DueAt <= now;
        if (isOver) appeal.OverdueToldAt = now;
        await notifyStaff.Run(new(
            Permission.DecideAppeals, isOver ? "appeal.overdue" : "appeal.nearly_due", isOver ? "An appeal is overdue" : $"An appeal is due in {(int)Math.Ceiling((appeal.DueAt - now).TotalHours)} hours",
            $"The trader was promised an answer within {appeal.PromisedHours} hours.", $"/firm/appeals?id={appeal.Id}"), ct);
        if (isOver) await tell.Run(appeal, "appeal.overdue", "Your appeal is overdue", "The time we promised is over and you have no answer yet. The people who decide have been told again; the delay is counted on our transparency page.", ct);
    }
}

/// <summary>Each five minutes.</summary>
internal sealed class WarnOfAppealClocksJob(WarnOfAppealClocks warn) : ITenantJob
{
    public Task Run(CancellationToken ct) => warn.Run(ct);
}
