using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>An account's balance, positions and limits worked out again from the facts of its journal: none of its figures is taken on trust that can be worked out.</summary>
internal sealed partial class JournalAgain
{
    private readonly AccountTerms _terms;
    private LossTerms _loss;
    private readonly SortedDictionary<int, HeldAgain> _open = [];
    private decimal _paidOut;
    private bool _hasPaused;
    private bool _hasDayEnded;

    public JournalAgain(AccountTerms terms)
    {
        (_terms, _loss) = (terms, LossTerms.Of(terms));
        (Balance, Limits) = (terms.InitialBalance, LossState.Start(_loss));
    }

    public decimal Balance { get; private set; }
    public LossState Limits { get; private set; }

    /// <summary>The loss rules with the size the account has by now.</summary>
    public LossTerms Loss => _loss;

    /// <summary>What the account has grown to; null while it has the size of its terms.</summary>
    public decimal? Size { get; private set; }

    public IReadOnlyCollection<PositionState> Open => [.. _open.Values.Select(held => held.State)];

    /// <summary>How the floors came to be what they are: each change, oldest first.</summary>
    public List<FloorStep> Steps { get; } = [];

    public List<Difference> Problems { get; } = [];

    /// <param name="path">The entry's place in the bundle, for what does not follow.</param>
    public void Apply(EngineEvent fact, string path)
    {
        var before = Limits;
        // A pause closes all positions as one change of the balance, which a peak of the balance follows when the last is closed.
        if (_hasPaused && fact is not PositionClosed) (Limits, _hasPaused) = (Limits.Followed(_loss, Balance, Limits.Peak), false);
        switch (fact)
        {
            case AccountOpened: Steps.Add(new FloorStep(fact.At, "Account opened", Limits)); break;
            case PositionOpened opened:
                _open[opened.Position.Value] = _open.TryGetValue(opened.Position.Value, out var known) ? known.With(opened) : HeldAgain.Of(opened);
                Hold($"{path}.commission", CommissionOf(opened.Symbol, opened.Lots), opened.Commission);
                Book(-opened.Commission, opened.Balance, path);
                break;
            case PositionClosed closed: Close(closed, path); break;
            case SwapCharged swap: Charge(swap, path); break;
            case PayoutWithdrawn payout:
                Book(-payout.Amount, payout.Balance, path);
                _paidOut += payout.Amount;
                Limits = Limits.AfterPayout(_loss, payout.Amount);
                Hold($"{path}.overallFloor", Limits.OverallFloor, payout.OverallFloor);
                break;
            case PayoutReturned returned:
                Book(returned.Amount, returned.Balance, path);
                _paidOut -= returned.Amount;
                Limits = Limits.AfterReturn(_loss, returned.Amount, isLast: _paidOut == 0);
                Hold($"{path}.overallFloor", Limits.OverallFloor, returned.OverallFloor);
                break;
            case PeakRaised peak: Raise(peak, path); break;
            case DayStarted day: StartDay(day, path); break;
            case AccountReinstated again:
                Book(again.Correction, again.Balance, path);
                Hold($"{path}.dailyFloor", Limits.DailyFloor, again.DailyFloor);
                Hold($"{path}.peak", Limits.Peak, again.Peak);
                Hold($"{path}.overallFloor", Limits.OverallFloor, again.OverallFloor);
                break;
            case AccountScaled scaled: Grow(scaled, path); break;
            case AccountCredited credit: Book(credit.Amount, credit.Balance, path); break;
            case AccountPaused:
                // A rule checked at the day's end pauses after the day's peak was taken, and the closes that follow are of no day's end.
                _hasDayEnded = _loss.Daily?.Evaluate == Evaluation.EndOfDay;
                if (_hasDayEnded) EndDay();
                _hasPaused = true;
                break;
        }

        if (Limits != before) Steps.Add(new FloorStep(fact.At, WordOf(fact), Limits));
    }

    /// <summary>An end-of-day peak is taken before the verdict of a day's end, which has no day start before it in the journal.</summary>
    public void EndDay() => Limits = Limits.DayEnded(_loss, Balance);

    /// <summary>The size named must be one the terms allow next; what moves with it is worked out.</summary>
    private void Grow(AccountScaled scaled, string path)
    {
        Hold($"{path}.size", _terms.Scaling?.NextSize(_loss.InitialBalance, _terms.Currency), scaled.Size);
        Hold($"{path}.growth", scaled.Size - _loss.InitialBalance, scaled.Growth);
        (_loss, Size) = (_loss with { InitialBalance = scaled.Size }, scaled.Size);
        (Balance, Limits) = (Balance + scaled.Growth, Limits.Grown(_loss, scaled.Growth));
        Hold($"{path}.balance", Balance, scaled.Balance);
        Hold($"{path}.anchor", Limits.Anchor, scaled.Anchor);
        Hold($"{path}.dailyFloor", Limits.DailyFloor, scaled.DailyFloor);
        Hold($"{path}.peak", Limits.Peak, scaled.Peak);
        Hold($"{path}.overallFloor", Limits.OverallFloor, scaled.OverallFloor);
    }

    private void Book(decimal change, decimal stated, string path)
    {
        Balance += change;
        Hold($"{path}.balance", Balance, stated);
        Limits = Limits.Followed(_loss, Balance, Limits.Peak);
    }

    private void Hold(string path, decimal? worked, decimal? stated)
    {
        if (worked != stated) Problems.Add(new(path, Figures.Text(worked), Figures.Text(stated)));
    }

    private static string WordOf(EngineEvent fact) => fact switch
    {
        DayStarted day => $"Day {day.TradingDay:yyyy-MM-dd} started",
        PeakRaised => "Equity rose above the peak",
        PayoutWithdrawn => "Payout",
        PayoutReturned => "Payout came back",
        AccountReinstated => "Account reinstated",
        AccountCredited => "Account credited",
        AccountScaled scaled => $"Account grew to {Figures.Text(scaled.Size)}",
        _ => "Balance rose above the peak",
    };
}

/// <summary>The floors after something changed them.</summary>
public sealed record FloorStep(DateTimeOffset At, string What, LossState Limits);
