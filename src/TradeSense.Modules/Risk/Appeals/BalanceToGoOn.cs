using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Risk.Appeals;

/// <summary>With what an account goes on whose verdict is overturned: to the cent of its currency, and above its floors, as the engine will ask again.</summary>
public sealed class BalanceToGoOn(TradeSenseDb db, TimeProvider clock)
{
    /// <param name="asked">Null is the balance just before the verdict.</param>
    internal async Task<Result<decimal>> Of(Appeal appeal, decimal? asked, CancellationToken ct)
    {
        var account = await db.Set<TradingAccount>().AsNoTracking().SingleAsync(row => row.Id == appeal.AccountId, ct);
        var before = (await db.Set<BreachReceipt>().AsNoTracking().SingleAsync(row => row.Id == appeal.ReceiptId, ct)).ReadEvidence().BalanceBefore;
        var balance = Money.Rounded(asked ?? before, account.Currency, MidpointRounding.AwayFromZero).Amount;
        if (balance is <= 0 or >= 1e15m || (asked is not null && asked != balance)) return AppealRefusal.BalanceInvalid;

        var limits = new LossState(account.DailyAnchor ?? account.TermsNow.InitialBalance, account.DailyFloor, account.Peak ?? account.TermsNow.InitialBalance, account.OverallFloor, account.FloorLifted);
        var startsDay = TradingDayClock.LabelOf(account.Terms.TradingDay, clock.GetUtcNow()) > account.TradingDay;
        if (Reinstatement.WouldFail(LossTerms.Of(account.TermsNow), limits, balance, startsDay)) return AppealRefusal.BalanceWouldFail.With(PlainDecimal.Text(limits.Floor ?? 0m));
        return balance;
    }
}
