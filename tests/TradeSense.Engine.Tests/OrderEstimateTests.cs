using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using Xunit;

namespace TradeSense.Engine.Tests;

public sealed class OrderEstimateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 3, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccountId Account = new(Guid.CreateVersion7());

    [Fact]
    public void A_stop_twenty_pips_away_costs_its_points_and_both_commissions()
    {
        var estimate = Engine().Estimate(Account, new OrderSketch("EURUSD", Side.Buy, new Lots(1m), null, new Price(1.09800m)))!;

        Assert.Equal(1.10000m, estimate.Opening.Value);
        Assert.Equal(206m, estimate.WorstCase);
        Assert.Equal(1_100m, estimate.Margin);
    }

    [Fact]
    public void A_risk_gives_the_most_lots_whose_loss_at_the_stop_stays_within_it()
    {
        var engine = Engine();

        var estimate = engine.Estimate(Account, new OrderSketch("EURUSD", Side.Buy, null, 500m, new Price(1.09800m)))!;

        Assert.Equal(2.42m, estimate.Lots.Value);
        Assert.True(estimate.WorstCase <= 500m);
        Assert.True(engine.Estimate(Account, new OrderSketch("EURUSD", Side.Buy, new Lots(2.43m), null, new Price(1.09800m)))!.WorstCase > 500m);
    }

    [Fact]
    public void The_estimate_is_what_the_stop_then_really_costs()
    {
        var (engine, events) = (Engine(), new List<Events.EngineEvent>());
        var estimate = engine.Estimate(Account, new OrderSketch("USDJPY", Side.Sell, new Lots(0.50m), null, new Price(151m)))!;

        engine.Apply(new MarketOrder(Noon.AddSeconds(1), Account, "a", "USDJPY", Side.Sell, new Lots(0.50m), new Price(151m), null), events);
        engine.Apply(new QuoteInput(new Quote(Noon.AddSeconds(2), "USDJPY", new Price(150.990m), new Price(151.000m))), events);

        // The conversion is taken at the mid of the closing quote, 0.66 % away from the estimate's.
        var lost = 100_000m - engine.State(Account)!.Balance;
        Assert.Empty(engine.State(Account)!.Positions);
        Assert.InRange(lost / estimate.WorstCase!.Value, 0.99m, 1.01m);
    }

    [Fact]
    public void A_stop_on_the_winning_side_limits_no_loss_and_gives_no_size()
    {
        var byRisk = Engine().Estimate(Account, new OrderSketch("EURUSD", Side.Sell, null, 500m, new Price(1.09800m)))!;

        Assert.Equal(0m, byRisk.Lots.Value);
        Assert.Null(byRisk.WorstCase);
    }

    [Fact]
    public void Under_netting_only_what_opens_binds_margin_and_can_be_stopped()
    {
        var engine = Engine(new TradingRules { Netting = true });
        engine.Apply(new MarketOrder(Noon, Account, "a", "EURUSD", Side.Buy, new Lots(1m), null, null), []);

        var turned = engine.Estimate(Account, new OrderSketch("EURUSD", Side.Sell, new Lots(3m), null, new Price(1.10090m)))!;
        var closed = engine.Estimate(Account, new OrderSketch("EURUSD", Side.Sell, new Lots(1m), null, new Price(1.10090m)))!;

        Assert.Equal((2_199.8m, 9m, 215m), (turned.Margin, turned.Commission, turned.WorstCase));
        Assert.Equal((0m, 3m, null), (closed.Margin, closed.Commission, closed.WorstCase));
    }

    [Fact]
    public void A_symbol_without_a_quote_cannot_be_estimated() =>
        Assert.Null(Engine().Estimate(Account, new OrderSketch("XAUUSD", Side.Buy, new Lots(1m), null, null)));

    private static TradingEngine Engine(TradingRules? rules = null)
    {
        var (engine, events) = (new TradingEngine(new EngineOptions(InstrumentCatalog.All, null, EnforceSessions: false)), new List<Events.EngineEvent>());
        engine.Apply(new QuoteInput(new Quote(Noon, "EURUSD", new Price(1.09990m), new Price(1.10000m))), events);
        engine.Apply(new QuoteInput(new Quote(Noon, "USDJPY", new Price(149.990m), new Price(150.000m))), events);
        engine.Apply(new OpenAccount(Noon, Account, "open", new AccountTerms(
            Currency.Usd, 100_000m, TradingDay.Default, null, null, null, 0, null, 30, null, 100, new Percent(50), 0, 1m, false, true, rules)), events);
        return engine;
    }
}
