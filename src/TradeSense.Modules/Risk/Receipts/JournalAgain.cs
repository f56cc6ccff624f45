using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Rules;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>An account's balance and limits worked out again from the facts of its journal.</summary>
internal sealed class JournalAgain
{
    private readonly LossTerms _loss;

    public JournalAgain(AccountTerms terms)
    {
        _loss = new LossTerms(terms.InitialBalance, terms.DailyLoss, terms.OverallLoss);
        (Balance, Limits) = (terms.InitialBalance, LossState.Start(_loss));
    }

    public decimal Balance { get; private set; }
    public LossState Limits { get; private set; }
    public List<string> Problems { get; } = [];

    public void Apply(EngineEvent fact)
    {
        switch (fact)
        {
            case PositionOpened opened: Book(-opened.Commission, opened.Balance, fact); break;
            case PositionClosed closed: Book(closed.Profit - closed.Commission, closed.Balance, fact); break;
            case SwapCharged swap: Book(swap.Amount, swap.Balance, fact); break;
            case PayoutWithdrawn payout:
                Book(-payout.Amount, payout.Balance, fact);
                Limits = Limits.AfterPayout(_loss, payout.Amount);
                break;
            case DayStarted day:
                Limits = Limits.DayEnded(_loss, Balance).DayStarted(_loss, Balance, day.Equity);
                if (day.Anchor != Limits.Anchor || day.DailyFloor != Limits.DailyFloor) Problems.Add($"day {day.TradingDay:yyyy-MM-dd}: its anchor or floor does not follow from the balance");
                break;
        }
    }

    private void Book(decimal change, decimal stated, EngineEvent fact)
    {
        Balance += change;
        if (Balance != stated) Problems.Add($"{fact.GetType().Name} at {fact.At.UtcDateTime:O}: the balance does not follow from the one before");
        Limits = Limits.Followed(_loss, Balance, Limits.Peak);
    }
}
