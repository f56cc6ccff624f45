using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;

namespace TradeSense.Modules.Risk.Appeals;

/// <summary>One person of the firm finds that a verdict does not stand, and says why and with which balance the account should go on. A second person confirms.</summary>
public sealed class ProposeOverturn(TradeSenseDb db, BalanceToGoOn balances, NotifyStaff notifyStaff, AuditTrail audit, TimeProvider clock)
{
    /// <param name="Balance">Null is the balance just before the verdict.</param>
    public sealed record Request(Guid AppealId, string? Reason, decimal? Balance, Guid By);

    public async Task<Result> Run(Request request, CancellationToken ct)
    {
        var words = (request.Reason ?? "").Trim();
        if (words.Length is < UpholdVerdict.ShortestReason or > UpholdVerdict.LongestReason) return AppealRefusal.ReasonLength.With(UpholdVerdict.ShortestReason, UpholdVerdict.LongestReason);
        if (await db.LockedAppeal(request.AppealId, ct) is not { } appeal) return AppealRefusal.Unknown;

        var balance = await balances.Of(appeal, request.Balance, ct);
        if (balance.IsRefused) return balance.Refusal;

        var proposed = appeal.Propose(request.By, words, balance.Value, clock.GetUtcNow());
        if (proposed.IsRefused) return proposed;

        await db.SaveChangesAsync(ct);
        await notifyStaff.Run(new(Permission.DecideAppeals, "appeal.overturn_proposed", "An overturn waits for a second person", "A verdict is proposed to be overturned. Somebody other than who proposed it confirms or upholds.", $"/firm/appeals?id={appeal.Id}"), ct);
        await audit.Record("appeal.overturn_proposed", appeal.Subject, new { Reason = words, Balance = balance.Value }, ct);
        return Result.Ok;
    }
}
