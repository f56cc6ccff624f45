using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Rules;

namespace TradeSense.Engine.Orders;

/// <summary>Carries out what the firm asks of an account: payouts, their return, the end.</summary>
internal static class FirmDesk
{
    /// <summary>Only profit is paid out. A payout that would itself cross a floor is refused, the daily floor included, whenever that one is checked.</summary>
    public static RejectReason? Withdraw(TradingAccount account, WithdrawPayout wish, DateTimeOffset at)
    {
        if (account.Status != AccountStatus.Active) return RejectReason.AccountNotActive;

        var (amount, equity) = (wish.Amount.Amount, account.Equity);
        if (account.Limits.AfterPayout(account.Loss, amount).Crossed(account.Loss, equity - amount, withDaily: true) is not null) return RejectReason.WouldBreach;
        if (equity - amount < account.Portfolio.UsedMargin) return RejectReason.InsufficientMargin;
        if (amount <= 0 || amount > account.Balance - account.Terms.InitialBalance || wish.Amount.Currency != account.Terms.Currency) return RejectReason.InvalidAmount;

        account.Withdraw(amount, at, wish.ClientId);
        return null;
    }

    /// <summary>Only what was withdrawn can come back.</summary>
    public static RejectReason? Return(TradingAccount account, ReturnPayout wish, DateTimeOffset at)
    {
        if (account.Status is not (AccountStatus.Active or AccountStatus.Paused)) return RejectReason.AccountNotActive;
        if (wish.Amount.Currency != account.Terms.Currency || wish.Amount.Amount <= 0 || wish.Amount.Amount > account.PaidOut) return RejectReason.InvalidAmount;

        account.Return(wish.Amount.Amount, at, wish.ClientId);
        return null;
    }

    /// <summary>An account that ended is reinstated, not credited.</summary>
    public static RejectReason? Credit(TradingAccount account, CreditAccount wish, DateTimeOffset at)
    {
        if (account.Status is not (AccountStatus.Active or AccountStatus.Paused)) return RejectReason.AccountNotActive;
        if (wish.Amount.Currency != account.Terms.Currency || wish.Amount.Amount <= 0) return RejectReason.InvalidAmount;

        account.Credit(wish.Amount.Amount, wish.Reason, at, wish.ClientId);
        return null;
    }

    /// <summary>Undoes a verdict, a day's pause as well as the end. A balance at which a floor would be crossed again is refused: the firm states one that stands.</summary>
    public static RejectReason? Reinstate(TradingAccount account, ReinstateAccount wish, DateTimeOffset at)
    {
        if (account.Status is not (AccountStatus.Failed or AccountStatus.Paused)) return RejectReason.AccountNotFailed;
        if (wish.Balance.Currency != account.Terms.Currency || wish.Balance.Amount <= 0) return RejectReason.InvalidAmount;

        var today = TradingDayClock.LabelOf(account.Terms.TradingDay, at);
        if (Reinstatement.WouldFail(account.Loss, account.Limits, wish.Balance.Amount, startsDay: today > account.TradingDay)) return RejectReason.WouldBreach;

        account.Reinstate(wish.Balance.Amount, wish.Reason, today, at, wish.ClientId);
        return null;
    }

    public static RejectReason? CloseForGood(TradingAccount account, CloseAccount wish, DateTimeOffset at)
    {
        if (account.Status is not (AccountStatus.Active or AccountStatus.Paused)) return RejectReason.AccountNotActive;

        account.CloseForGood(at, wish.ClientId, wish.Reason);
        return null;
    }
}
