using TradeSense.Engine;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Risk.Receipts;

namespace TradeSense.Tests.Risk;

/// <summary>What an outsider works out of a journal is what the engine had.</summary>
public sealed class JournalAgainTests
{
    private static readonly AccountId Account = new(new Guid(7, 0, 0, new byte[8]));
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The day's end finds a balance of 100,000 and 3,000 of open profit below the floor of 104,000: the close raises the balance, but that day's peak was taken before.</summary>
    [Fact]
    public void A_pause_at_the_end_of_a_day_is_followed()
    {
        var terms = Terms(
            new DailyLossRule(new Allowance(null, 1_000m), DailyAnchor.Higher, Evaluate: Evaluation.EndOfDay, Effect: BreachEffect.Pause),
            new OverallLossRule(new Allowance(new Percent(10), null), OverallMode.TrailingEndOfDay));
        var (engine, events) = (new TradingEngine(new EngineOptions(InstrumentCatalog.All, Staleness: null, EnforceSessions: false)), new List<EngineEvent>());
        void Do(EngineInput input) => engine.Apply(input, events);

        Do(Price(Noon, 1.10000m));
        Do(new OpenAccount(Noon, Account, "open", terms));
        Do(new MarketOrder(Noon, Account, "one", "EURUSD", Side.Buy, new Lots(1m), null, null));
        Do(Price(Noon.AddHours(1), 1.15000m));
        Do(new ClockInput(Noon.AddDays(1)));
        Do(Price(Noon.AddDays(1), 1.13000m));
        Do(new ClockInput(Noon.AddDays(2)));
        Do(new MarketOrder(Noon.AddDays(2), Account, "two", "EURUSD", Side.Buy, new Lots(1m), null, null));
        Do(new ClockInput(Noon.AddDays(3)));

        var again = new JournalAgain(terms);
        foreach (var fact in events) again.Apply(fact, "journal");

        var state = engine.State(Account)!;
        Assert.Contains(events, fact => fact is AccountPaused);
        Assert.Empty(again.Problems);
        Assert.Equal((state.Balance, LossState.Of(state)), (again.Balance, again.Limits));
    }

    [Fact]
    public void Growth_is_followed_and_one_that_the_terms_do_not_name_is_found()
    {
        var terms = Terms(new DailyLossRule(new Allowance(new Percent(5), null)), new OverallLossRule(new Allowance(new Percent(10), null), OverallMode.TrailingBalance, Lock: FloorLock.Initial))
            with
        { Scaling = new ScalingTerms(4, new Percent(10), 2, 1.4m, 4_000_000m, new Percent(90)) };
        var (engine, events) = (new TradingEngine(new EngineOptions(InstrumentCatalog.All, Staleness: null, EnforceSessions: false)), new List<EngineEvent>());
        void Do(EngineInput input) => engine.Apply(input, events);

        Do(Price(Noon, 1.10000m));
        Do(new OpenAccount(Noon, Account, "open", terms));
        Do(new MarketOrder(Noon, Account, "one", "EURUSD", Side.Buy, new Lots(1m), null, null));
        Do(Price(Noon.AddHours(1), 1.13000m));
        Do(new CloseAllPositions(Noon.AddHours(1), Account, "two"));
        Do(new ScaleAccount(Noon.AddHours(2), Account, "three", new Money(140_000m, Currency.Usd)));
        Do(new ClockInput(Noon.AddDays(1)));

        var again = new JournalAgain(terms);
        foreach (var fact in events) again.Apply(fact, "journal");
        var state = engine.State(Account)!;
        Assert.Empty(again.Problems);
        Assert.Equal((143_000m, 140_000m, LossState.Of(state)), (again.Balance, again.Size, again.Limits));
        Assert.Contains(again.Steps, step => step.What == "Account grew to 140000");

        var other = new JournalAgain(terms);
        foreach (var fact in events) other.Apply(fact is AccountScaled scaled ? scaled with { Size = 150_000m, Growth = 50_000m, Balance = 153_000m } : fact, "journal");
        Assert.Contains(other.Problems, problem => problem.Field == "journal.size");
    }

    private static AccountTerms Terms(DailyLossRule? daily, OverallLossRule? overall) => new(
        Currency.Usd, 100_000m, new TradingDay("UTC", default), daily, overall, null, 0, null, 0, null, 100, new Percent(50), 0, 0m, SwapFree: true, WeekendHolding: true);

    private static QuoteInput Price(DateTimeOffset at, decimal price) => new(new Quote(at, "EURUSD", new Price(price), new Price(price)));
}
