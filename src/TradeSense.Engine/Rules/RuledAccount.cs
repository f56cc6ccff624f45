using TradeSense.Engine.Accounts;

namespace TradeSense.Engine.Rules;

/// <summary>The order of things in an account under loss rules: peak, then verdict, then forced close; and what a day's start does.</summary>
/// <remarks>
/// The engine's accounts and the scenario runner's are both of this kind, so a published example and a live verdict
/// cannot come from different code. What an account consists of (positions and quotes, or two plain numbers) is the heirs' matter.
/// </remarks>
public abstract class RuledAccount
{
    protected RuledAccount(LossTerms loss, DateOnly tradingDay)
    {
        Loss = loss;
        TradingDay = tradingDay;
        Balance = loss.InitialBalance;
        Limits = LossState.Start(loss);
    }

    /// <summary>Another one only when the account grows in place.</summary>
    public LossTerms Loss { get; protected set; }

    public AccountStatus Status { get; protected set; }
    public LossState Limits { get; protected set; }
    public DateOnly TradingDay { get; protected set; }
    public decimal Balance { get; protected set; }

    /// <summary>The verdict in force; a pause's is gone when the pause ends.</summary>
    public Breach? Breach { get; protected set; }

    public abstract decimal Equity { get; }

    /// <summary>Balance or equity changed: the peak follows, then the rules are compared. A rule checked at the day's end waits for it.</summary>
    public void Check(DateTimeOffset at) => Judge(at, withDaily: Loss.Daily?.Evaluate == Evaluation.Tick);

    /// <summary>A trading day begins. Fills and swaps up to its instant were applied before.</summary>
    public void StartDay(DateOnly label, DateTimeOffset at)
    {
        if (Status is not (AccountStatus.Active or AccountStatus.Paused)) return;

        Limits = Limits.DayEnded(Loss, Balance);
        if (Loss.Daily?.Evaluate == Evaluation.EndOfDay) Judge(at, withDaily: true);
        if (Status == AccountStatus.Failed) return;

        var previous = TradingDay;
        TradingDay = label;
        Limits = Limits.DayStarted(Loss, Balance, Equity);
        OnDayStarted(previous, at);
        if (Status == AccountStatus.Paused) Resume(at);
        Check(at);
    }

    /// <summary>Closes every position at the current quotes; afterwards the balance is the equity.</summary>
    protected abstract void CloseForBreach(Breach breach);

    /// <summary>The day's figures changed over; the closed day's are still what the heir counted.</summary>
    protected abstract void OnDayStarted(DateOnly previous, DateTimeOffset at);

    protected virtual void OnPeakRaised(DateTimeOffset at) { }

    protected virtual void OnResumed(DateTimeOffset at) { }

    /// <summary>A closed-balance peak follows each realised amount, also between two fills of one quote.</summary>
    protected void BalanceChanged() => Limits = Limits.Followed(Loss, Balance, Limits.Peak);

    private void Judge(DateTimeOffset at, bool withDaily)
    {
        if (Status != AccountStatus.Active) return;

        var (equity, peak) = (Equity, Limits.Peak);
        Limits = Limits.Followed(Loss, Balance, equity);
        if (Limits.Peak > peak) OnPeakRaised(at);
        if (Limits.Crossed(Loss, equity, withDaily) is not { } crossed) return;

        var isPause = crossed.Rule == LossRule.DailyLoss && Loss.Daily!.Effect == BreachEffect.Pause;
        Breach = new Breach(crossed.Rule, crossed.Floor, equity, at);
        Status = isPause ? AccountStatus.Paused : AccountStatus.Failed;
        CloseForBreach(Breach);

        // A failed account keeps its peak as the verdict found it; a paused one goes on, and its close was a change of balance.
        if (isPause) BalanceChanged();
    }

    private void Resume(DateTimeOffset at)
    {
        Status = AccountStatus.Active;
        Breach = null;
        OnResumed(at);
    }
}
