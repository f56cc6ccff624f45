using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;

namespace TradeSense.Modules.Risk.Appeals;

/// <summary>An overturned account that could not be reinstated is tried again: one person with the balance two agreed on, or with another once a second person agrees to that.</summary>
public sealed class ReinstateAgain(TradeSenseDb db, BalanceToGoOn balances, Outbox outbox, NotifyStaff notifyStaff, AuditTrail audit)
{
    /// <param name="Balance">Another than decided; null tries with what is decided, or agrees to what another proposed.</param>
    public sealed record Request(Guid AppealId, decimal? Balance, Guid By);

    /// <returns>Whether it is tried now; false when a second person must agree first.</returns>
    public async Task<Result<bool>> Run(Request request, CancellationToken ct)
    {
        if (await db.LockedAppeal(request.AppealId, ct) is not { } appeal) return AppealRefusal.Unknown;

        return request.Balance is { } other && other != appeal.Balance ? await Propose(appeal, other, request.By, ct) : await Retry(appeal, request.By, ct);
    }

    private async Task<Result<bool>> Propose(Appeal appeal, decimal asked, Guid by, CancellationToken ct)
    {
        var balance = await balances.Of(appeal, asked, ct);
        if (balance.IsRefused) return balance.Refusal;

        var proposed = appeal.ProposeRetry(by, balance.Value);
        if (proposed.IsRefused) return proposed.Refusal;

        await db.SaveChangesAsync(ct);
        await notifyStaff.Run(new(Permission.DecideAppeals, "appeal.retry_proposed", "A balance waits for a second person", "An overturned account could not be reinstated; another balance was proposed. Somebody else agrees to it.", $"/firm/appeals?id={appeal.Id}"), ct);
        await audit.Record("appeal.retry_proposed", appeal.Subject, new { Balance = balance.Value }, ct);
        return false;
    }

    private async Task<Result<bool>> Retry(Appeal appeal, Guid by, CancellationToken ct)
    {
        var retried = appeal.Retry(by);
        if (retried.IsRefused) return retried.Refusal;

        await db.SaveChangesAsync(ct);
        outbox.Add(ReinstateAppellant.MessageKind, appeal.CommandId, appeal.Id);
        await audit.Record("appeal.retried", appeal.Subject, new { appeal.Balance, appeal.Attempts }, ct);
        return true;
    }
}
