using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Risk.Appeals;

/// <summary>One person of the firm finds that a verdict does not stand, and says why and with which balance the account should go on. A second person confirms.</summary>
public sealed class ProposeOverturn(TradeSenseDb db, NotifyStaff notifyStaff, AuditTrail audit, TimeProvider clock)
{
    /// <param name="Balance">Null is the balance just before the verdict.</param>
    public sealed record Request(Guid AppealId, string? Reason, decimal? Balance, Guid By);

    public async Task<Result> Run(Request request, CancellationToken ct)
    {
        var words = (request.Reason ?? "").Trim();
        if (words.Length is < UpholdVerdict.ShortestReason or > UpholdVerdict.LongestReason) return AppealRefusal.ReasonLength.With(UpholdVerdict.ShortestReason, UpholdVerdict.LongestReason);
        if (await db.LockedAppeal(request.AppealId, ct) is not { } appeal) return AppealRefusal.Unknown;

        var account = await db.Set<TradingAccount>().AsNoTracking().SingleAsync(row => row.Id == appeal.AccountId, ct);
        var before = (await db.Set<BreachReceipt>().AsNoTracking().SingleAsync(row => row.Id == appeal.ReceiptId, ct)).ReadEvidence().BalanceBefore;
        var balance = Money.Rounded(request.Balance ?? before, account.Currency, MidpointRounding.AwayFromZero).Amount;
        if (balance is <= 0 or >= 1e15m || (request.Balance is { } asked && asked != balance)) return AppealRefusal.BalanceInvalid;
        if (WouldFail(account, balance, clock.GetUtcNow())) return AppealRefusal.BalanceWouldFail.With(PlainDecimal.Text(FloorOf(account).Floor ?? 0m));

        var proposed = appeal.Propose(request.By, words, balance, clock.GetUtcNow());
        if (proposed.IsRefused) return proposed;

        await db.SaveChangesAsync(ct);
        await notifyStaff.Run(new(Permission.DecideAppeals, "appeal.overturn_proposed", "An overturn waits for a second person", "A verdict is proposed to be overturned. Somebody other than who proposed it confirms or upholds.", $"/firm/appeals?id={appeal.Id}"), ct);
        await audit.Record("appeal.overturn_proposed", appeal.Subject, new { Reason = words, Balance = balance }, ct);
        return Result.Ok;
    }

    private static LossState FloorOf(TradingAccount account) =>
        new(account.DailyAnchor ?? account.Terms.InitialBalance, account.DailyFloor, account.Peak ?? account.Terms.InitialBalance, account.OverallFloor, account.FloorLifted);

    /// <summary>What the engine will ask again; it has the last word.</summary>
    private static bool WouldFail(TradingAccount account, decimal balance, DateTimeOffset now) => Reinstatement.WouldFail(
        LossTerms.Of(account.TermsNow), FloorOf(account), balance, startsDay: TradingDayClock.LabelOf(account.Terms.TradingDay, now) > account.TradingDay);
}
