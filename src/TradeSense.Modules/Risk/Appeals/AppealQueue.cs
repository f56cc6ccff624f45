using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Rules;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Risk.Appeals;

/// <summary>The firm's appeals: what waits, the clock that ran out first on top.</summary>
public sealed class AppealQueue(TradeSenseDb db, ReceiptDetail receipts, VerdictProof proofs, TimeProvider clock)
{
    private const int MostDecided = 100;

    public sealed record Row(Guid Id, string Trader, long Number, LossRule Rule, AppealStatus Status, DateTimeOffset FiledAt, DateTimeOffset DueAt, DateTimeOffset? DecidedAt, bool IsOverdue, bool IsStuck);

    /// <summary>For the overview: how many wait and when the first is due.</summary>
    public sealed record Clock(int Waiting, int Overdue, DateTimeOffset? FirstDue);

    /// <param name="Proof">The verdict worked out again, now.</param>
    public sealed record Case(Appeal Appeal, string Trader, TradingAccount Account, ReceiptDetail.Picture Receipt, VerdictProof.Picture Proof, string? ProposedBy, string? DecidedBy, string? RetryBy, bool IsOverdue);

    /// <summary>A person has something to do: decide, or put right that an overturned account does not trade.</summary>
    private static Expression<Func<Appeal, bool>> Waits { get; } = row =>
        row.Status == AppealStatus.Open || row.Status == AppealStatus.OverturnProposed || (row.Status == AppealStatus.Overturned && row.ReinstatedAt == null && row.Failure != null);

    public async Task<IReadOnlyList<Row>> Read(bool waiting, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var appeals = db.Set<Appeal>().AsNoTracking();
        appeals = waiting
            ? appeals.Where(Waits)
            : appeals.Where(row => row.Status == AppealStatus.Upheld || row.Status == AppealStatus.Overturned).OrderByDescending(row => row.DecidedAt).Take(MostDecided);
        var rows = await (
            from appeal in appeals
            join user in db.Set<User>() on appeal.UserId equals user.Id
            join account in db.Set<TradingAccount>() on appeal.AccountId equals account.Id
            join receipt in db.Set<BreachReceipt>() on appeal.ReceiptId equals receipt.Id
            select new { appeal, user.UserName, account.Number, receipt.Rule }).ToListAsync(ct);
        return
        [
            .. rows.Select(row => new Row(row.appeal.Id, row.UserName, row.Number, row.Rule, row.appeal.Status, row.appeal.FiledAt, row.appeal.DueAt, row.appeal.DecidedAt, row.appeal.IsOverdue(now), row.appeal.IsStuck))
                .OrderBy(row => waiting ? row.DueAt.UtcTicks : -row.DecidedAt!.Value.UtcTicks),
        ];
    }

    public async Task<Clock> Clocks(CancellationToken ct)
    {
        var waiting = await db.Set<Appeal>().AsNoTracking().Where(Waits).ToListAsync(ct);
        List<DateTimeOffset> due = [.. waiting.Where(row => !row.IsDecided).Select(row => row.DueAt)];
        return new Clock(waiting.Count, due.Count(at => at <= clock.GetUtcNow()), due.Count == 0 ? null : due.Min());
    }

    public async Task<Case?> Open(Guid id, CancellationToken ct)
    {
        if (await db.Set<Appeal>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } appeal) return null;

        var account = await db.Set<TradingAccount>().AsNoTracking().SingleAsync(row => row.Id == appeal.AccountId, ct);
        return new Case(
            appeal, (await NameOf(appeal.UserId, ct))!, account, (await receipts.Read(account.Id, appeal.ReceiptId, null, ct))!, (await proofs.Read(appeal.ReceiptId, ct))!,
            await NameOf(appeal.ProposedBy, ct), await NameOf(appeal.DecidedBy, ct), await NameOf(appeal.RetryBy, ct), appeal.IsOverdue(clock.GetUtcNow()));
    }

    private async Task<string?> NameOf(Guid? user, CancellationToken ct) =>
        user is null ? null : await db.Set<User>().Where(row => row.Id == user).Select(row => row.UserName).SingleOrDefaultAsync(ct);
}
