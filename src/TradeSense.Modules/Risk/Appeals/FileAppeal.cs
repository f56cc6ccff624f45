using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;

namespace TradeSense.Modules.Risk.Appeals;

/// <summary>A trader appeals against a verdict that ended an account. The firm's clock starts.</summary>
public sealed class FileAppeal(TradeSenseDb db, ChangeAppealPromise promise, TellAppellant tell, NotifyStaff notifyStaff, AuditTrail audit, TimeProvider clock)
{
    public const int ShortestGrounds = 20, LongestGrounds = 2000;

    public sealed record Request(Guid ReceiptId, Guid UserId, string? Grounds);

    public async Task<Result<Guid>> Run(Request request, CancellationToken ct)
    {
        var grounds = (request.Grounds ?? "").Trim().ReplaceLineEndings("\n");
        if (await db.Set<BreachReceipt>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.ReceiptId && row.UserId == request.UserId, ct) is not { } receipt) return AppealRefusal.Unknown;
        if (grounds.Length is < ShortestGrounds or > LongestGrounds) return AppealRefusal.GroundsLength.With(ShortestGrounds, LongestGrounds);

        // One appeal a verdict: who comes second at the same moment waits here and is told so.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"appeal:" + receipt.Id}, 0))", ct);
        if (await db.Set<Appeal>().AnyAsync(row => row.ReceiptId == receipt.Id, ct)) return AppealRefusal.AlreadyFiled;
        if (!await db.IsLastWord(receipt, ct)) return AppealRefusal.NotFailed;

        var appeal = New(receipt, grounds, await promise.Hours(ct));
        db.Add(appeal);
        await db.SaveChangesAsync(ct);
        var due = appeal.DueAt.UtcDateTime.ToString("d MMM, HH:mm", CultureInfo.InvariantCulture);
        await tell.Run(appeal, "appeal.filed", "Your appeal is in", $"A person looks at the verdict and answers with a reason within {appeal.PromisedHours} hours, by {due} UTC.", ct);
        await notifyStaff.Run(new(Permission.DecideAppeals, "appeal.filed", "A trader appeals against a verdict", $"Promised is an answer within {appeal.PromisedHours} hours, by {due} UTC.", $"/firm/appeals?id={appeal.Id}"), ct);
        await audit.Record("appeal.filed", appeal.Subject, new { Receipt = receipt.Id, appeal.DueAt }, ct);
        return appeal.Id;
    }

    private Appeal New(BreachReceipt receipt, string grounds, int hours)
    {
        var now = clock.GetUtcNow();
        return new Appeal
        {
            Id = Guid.CreateVersion7(now), ReceiptId = receipt.Id, AccountId = receipt.AccountId, UserId = receipt.UserId, Grounds = grounds, FiledAt = now, PromisedHours = hours, DueAt = now.AddHours(hours),
        };
    }
}

/// <summary>Tells the trader about the appeal, in the product and by e-mail.</summary>
public sealed class TellAppellant(TradeSenseDb db, Notifications.NotifyUser notify)
{
    internal async Task Run(Appeal appeal, string kind, string title, string body, CancellationToken ct)
    {
        var user = await db.Set<User>().AsNoTracking().SingleAsync(row => row.Id == appeal.UserId, ct);
        await notify.Run(new(user.Id, user.Email, kind, title, body, $"/trader/accounts/{appeal.AccountId}/receipts/{appeal.ReceiptId}/appeal"), ct);
    }
}
