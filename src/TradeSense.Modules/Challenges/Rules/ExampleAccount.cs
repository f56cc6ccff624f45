using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;

namespace TradeSense.Modules.Challenges.Rules;

/// <summary>
/// An account of a worked example: open profit is told instead of marked, everything else is the rules the engine's own accounts run under.
/// A figure in an example is therefore what the engine would say, never what a text remembers.
/// </summary>
internal sealed class ExampleAccount(LossTerms terms) : RuledAccount(terms, new DateOnly(2026, 1, 5))
{
    private DateTimeOffset _now = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public decimal Floating { get; private set; }

    public override decimal Equity => Balance + Floating;

    /// <summary>A trade was closed with this profit.</summary>
    public void Close(decimal profit)
    {
        Balance += profit;
        Check(_now);
    }

    /// <summary>The open trades stand at this profit.</summary>
    public void Float(decimal profit)
    {
        Floating = profit;
        Check(_now);
    }

    /// <summary>The open profit becomes balance.</summary>
    public void Realise()
    {
        (Balance, Floating) = (Equity, 0m);
        Check(_now);
    }

    public void PayOut(decimal amount)
    {
        Balance -= amount;
        Limits = Limits.AfterPayout(Loss, amount);
        Check(_now);
    }

    /// <summary>The account grows in place.</summary>
    public void Grow(decimal size)
    {
        var growth = size - Loss.InitialBalance;
        Loss = Loss with { InitialBalance = size };
        (Balance, Limits) = (Balance + growth, Limits.Grown(Loss, growth));
        Check(_now);
    }

    public void NextDay()
    {
        _now = _now.AddDays(1);
        StartDay(TradingDay.AddDays(1), _now);
    }

    /// <summary>The last equity that is safe and the first that is not, one coin apart, as the kernel's own comparison decides.</summary>
    public (decimal Safe, decimal Crossed) Edge(decimal coin)
    {
        var equity = decimal.Ceiling(Limits.Floor!.Value / coin) * coin + coin;
        while (Limits.Crossed(Loss, equity, withDaily: true) is null) equity -= coin;
        return (equity + coin, equity);
    }

    protected override void CloseForBreach(Breach breach) => (Balance, Floating) = (Equity, 0m);

    protected override void OnDayStarted(DateOnly previous, DateTimeOffset at) { }
}
