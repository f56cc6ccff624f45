using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using Xunit;

namespace TradeSense.Engine.Tests;

public sealed class ScaleTests
{
    [Fact]
    public void An_account_grows_in_place_with_its_floors_and_keeps_positions_results_and_room() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD daily=5 overall=10 scaling=1.4 swapFree
        buy A 1.00 EURUSD
        price EURUSD 1.13000 1.13000
        close A #1
        buy A 2.00 EURUSD
        price EURUSD 1.12000 1.12000
        = A size 100000 balance 103000 equity 101000 today 1000 daily 95000 overall 90000 room 6000
        scale A 140000
        → scaled A 140000 by 40000 balance 143000 daily 133000 overall 126000
        = A size 140000 balance 143000 equity 141000 today 1000 daily 133000 overall 126000 room 8000 open 1 status active
        at 2026-03-03 00:00:01
        clock
        → day A 2026-03-03 profit 3000 daily 136000 overall 126000
        payout A 3001
        → refused invalid_amount
        payout A 3000
        → paid A 3000 balance 140000 overall 126000
        """);

    [Fact]
    public void Amounts_stay_amounts_and_a_lifted_or_locked_floor_moves_with_the_size() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD overall=8 mode=trailingEndOfDay lock=initial payout=liftsToInitial scaling=1.4 swapFree
        buy A 1.00 EURUSD
        price EURUSD 1.20000 1.20000
        close A #1
        at 2026-03-03 00:00:01
        clock
        → day A 2026-03-03 profit 10000 daily - overall 100000
        payout A 4000
        → paid A 4000 balance 106000 overall 100000
        = A room 6000
        scale A 140000
        → scaled A 140000 by 40000 balance 146000 daily - overall 140000
        = A room 6000 peak 150000
        """);

    [Fact]
    public void It_is_refused_beyond_the_cap_twice_without_terms_for_it_and_when_the_account_does_not_run() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD daily=5 scaling=1.4 cap=150000
        account B 100000 USD daily=5
        account C 100000 USD daily=5 target=8 scaling=1.4
        scale B 140000
        → refused rule_forbids
        scale C 140000
        → refused rule_forbids
        scale A 150000
        → refused invalid_amount
        scale A 140000
        scale A 140000
        → refused invalid_amount
        scale A 196000
        → refused invalid_amount
        scale A 150000
        → scaled A 150000 by 10000 balance 150000 daily 142500 overall -
        scale A 150000
        → refused invalid_amount
        buy A 10.00 EURUSD
        price EURUSD 1.09000 1.09000
        → failed A dailyLoss floor 142500 equity 140000
        → closed A #1 10 1.09 profit -10000 balance 140000 breach
        scale A 150000
        → refused account_not_active
        """);

    [Fact]
    public void A_verdict_after_it_names_the_size_and_a_restart_goes_on_the_same()
    {
        var scenario = Scenario.Run("""
            price EURUSD 1.10000 1.10000
            account A 100000 USD daily=5 overall=10 mode=trailingEquity scaling=1.4 swapFree
            buy A 2.00 EURUSD
            price EURUSD 1.10500 1.10500
            scale A 140000
            → scaled A 140000 by 40000 balance 140000 daily 133000 overall 127000
            """);
        var (engine, account) = (scenario.Engine, scenario.Account("A"));
        var restored = TradingEngine.Restore(Scenario.Options, engine.Now, [engine.State(account)!], engine.LastQuotes());
        Assert.Equal(engine.StateHash(), restored.StateHash());
        Assert.Equal(engine.Now, engine.State(account)!.ScaledAt);

        var later = engine.Now.AddMinutes(1);
        foreach (var one in (TradingEngine[])[engine, restored])
        {
            var events = new List<EngineEvent>();
            one.Apply(new QuoteInput(new Quote(later, "EURUSD", new Price(1.06m), new Price(1.06m))), events);
            Assert.Equal(140_000m, Assert.Single(events.OfType<AccountFailed>()).Evidence.Size);
        }

        Assert.Equal(engine.StateHash(), restored.StateHash());
    }

    /// <summary>Whatever the rules and whatever happened before: growing lowers neither room, changes no result and crosses nothing.</summary>
    [Fact]
    public void Growing_never_takes_room_away()
    {
        const int seed = 20261121;
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var terms = Terms(random);
            var (state, balance, equity) = Lived(random, terms);
            if (state.Crossed(terms, equity, withDaily: true) is not null) continue;

            var size = decimal.Round(terms.InitialBalance * (1m + random.Next(1, 300) / 100m), 2, MidpointRounding.ToZero);
            var growth = size - terms.InitialBalance;
            var (grownTerms, grown) = (terms with { InitialBalance = size }, state.Grown(terms with { InitialBalance = size }, growth));

            var which = $"seed {seed}, case {i}: {terms}";
            Assert.False(equity + growth - grown.DailyFloor < equity - state.DailyFloor, which);
            Assert.False(equity + growth - grown.OverallFloor < equity - state.OverallFloor, which);
            Assert.True(grown.Crossed(grownTerms, equity + growth, withDaily: true) is null, which);
            Assert.Equal(grown, grown.Followed(grownTerms, balance + growth, equity + growth));
        }
    }

    private static LossTerms Terms(Random random)
    {
        T Pick<T>() where T : struct, Enum => Enum.GetValues<T>() is var all ? all[random.Next(all.Length)] : default;
        Allowance Allowed() => random.Next(2) == 0 ? new Allowance(new Percent(random.Next(1, 2000) / 100m), null) : new Allowance(null, random.Next(1, 2_000_000) / 100m);
        var mode = Pick<OverallMode>();
        return new LossTerms(
            100_000m,
            random.Next(4) == 0 ? null : new DailyLossRule(Allowed(), Pick<DailyAnchor>(), random.Next(2) == 0, Pick<Comparison>(), Pick<Evaluation>(), Pick<BreachEffect>()),
            random.Next(4) == 0 ? null : new OverallLossRule(Allowed(), mode, random.Next(2) == 0, Pick<Comparison>(), Pick<FloorLock>(), random.Next(-1000, 1000), Pick<PayoutEffect>()));
    }

    /// <summary>Some days of trading and payouts.</summary>
    private static (LossState State, decimal Balance, decimal Equity) Lived(Random random, LossTerms terms)
    {
        var (state, balance, equity) = (LossState.Start(terms), terms.InitialBalance, terms.InitialBalance);
        for (var day = random.Next(6); day > 0; day--)
        {
            balance += random.Next(-200_000, 400_000) / 100m;
            equity = balance + random.Next(-200_000, 200_000) / 100m;
            state = state.Followed(terms, balance, equity);
            if (random.Next(4) == 0 && balance > terms.InitialBalance)
            {
                var payout = (balance - terms.InitialBalance) / 2m;
                (balance, equity, state) = (balance - payout, equity - payout, state.AfterPayout(terms, payout));
            }

            state = state.DayEnded(terms, balance).DayStarted(terms, balance, equity).Followed(terms, balance, equity);
        }

        return (state, balance, equity);
    }
}
