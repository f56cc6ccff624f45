using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Analytics.OtherPlans;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Tests.Challenges;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Analytics;

public sealed class OtherPlansTests(Site site)
{
    [Fact]
    public async Task The_same_trades_die_on_a_named_quote_under_a_tighter_plan_and_live_under_a_wider_one()
    {
        await using var desk = await TestDesk.Open(site);
        var (journal, ended) = await Lived(desk);

        var tight = await Replay(desk, journal, ended, TestDesk.Terms with { DailyLoss = new DailyLossRule(new Allowance(new Percent(2), null)) });
        var wide = await Replay(desk, journal, ended, TestDesk.Terms with { DailyLoss = new DailyLossRule(new Allowance(new Percent(30), null)), OverallLoss = new OverallLossRule(new Allowance(new Percent(40), null)) });

        Assert.Equal((AccountStatus.Failed, LossRule.DailyLoss, 98_000m), (tight!.Status, tight.Breach!.Rule, tight.Breach.Floor));
        Assert.Equal(1.0950m, tight.Deciding!.Value.Bid.Value);
        Assert.True(tight.OwnPlanAgrees);
        Assert.Equal((AccountStatus.Active, 1), (wide!.Status, wide.OpenPositions));
        Assert.Null(wide.Breach);
        Assert.True(wide.OwnPlanAgrees);
    }

    [Fact]
    public async Task An_order_the_other_plan_would_not_take_is_counted_and_what_hangs_on_it_left_out()
    {
        await using var desk = await TestDesk.Open(site);
        var (journal, ended) = await Lived(desk);

        var outcome = await Replay(desk, journal, ended, TestDesk.Terms with { Leverage = 1 });

        Assert.Equal([new PlanOutcome.Refusals("insufficient_margin", 2)], outcome!.Refused);
        Assert.Equal((AccountStatus.Active, 0), (outcome.Status, outcome.Trades));
    }

    [Fact]
    public async Task Around_a_listed_event_the_other_plan_takes_no_orders()
    {
        await using var desk = await TestDesk.Open(site);
        var (journal, ended) = await Lived(desk);
        var news = new NewsEvent(journal.OfType<PositionOpened>().First().At, "EUR", "Rate decision");

        var outcome = await Replay(desk, journal, ended, TestDesk.Terms with { Rules = new TradingRules { News = new NewsRule(60, 60, NewsEffect.Block, new Percent(0)) } }, news);

        Assert.Equal([new PlanOutcome.Refusals("rule_forbids", 2)], outcome!.Refused);
        Assert.True(outcome.OwnPlanAgrees);
    }

    [Fact]
    public async Task An_order_that_waited_waits_again_and_fills_on_the_same_quote()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Send(new PlaceOrders(default, account, "p1", [new OrderLeg("EURUSD", Side.Buy, new Lots(2m), OrderKind.Limit, new Price(1.0950m), StopLoss: new Price(1.0900m))], Expiry.None, OrderBond.None));
        await desk.Price("EURUSD", "1.09480", "1.09490");
        await desk.Price("EURUSD", "1.08990", "1.09000");
        await desk.Tick();
        var journal = await Journal(desk, account);
        Assert.Contains(journal, fact => fact is PositionClosed { Reason: CloseReason.StopLoss });

        var outcome = await Replay(desk, journal, journal[^1].At, TestDesk.Terms with { DailyLoss = new DailyLossRule(new Allowance(new Percent(1), null)) });

        Assert.True(outcome!.OwnPlanAgrees);
        Assert.Equal((AccountStatus.Failed, 1), (outcome.Status, outcome.Trades));
    }

    [Fact]
    public async Task Without_quotes_of_that_time_nothing_is_said()
    {
        await using var desk = await TestDesk.Open(site);
        var (journal, ended) = await Lived(desk);

        Assert.Null(await new PlanReplay(journal, ended).Run(TestDesk.Terms, (_, _, _, _) => Task.FromResult<IReadOnlyList<Quote>>([]), _ => Task.CompletedTask, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Asked_twice_for_the_same_state_it_is_worked_out_once_and_a_stranger_asks_in_vain()
    {
        await using var desk = await TestDesk.Open(site);
        var version = await desk.Firm.Sell();
        var trader = await desk.Firm.Trader();
        var account = await desk.Account(userId: trader.Id);
        Task<Modules.Result<Guid>> Ask(Guid? user) => desk.Firm.Run<RequestOtherPlan, Modules.Result<Guid>>(request => request.Run(new(account.Value, user, version.Id), default));

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Ask(trader.Id)));

        Assert.Single(runs.Select(run => run.Value).Distinct());
        Assert.True((await Ask((await desk.Firm.Trader()).Id)).IsRefused);
        var page = (await trader.Browser.Get($"/trader/accounts/{account}/other-plans")).Ok();
        Assert.Contains(version.Definition.Name, page.Text, StringComparison.Ordinal);
    }

    /// <summary>Two trades; the second is open when the account crosses its daily floor.</summary>
    private static async Task<(IReadOnlyList<EngineEvent> Journal, DateTimeOffset Ended)> Lived(TestDesk desk)
    {
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "a1", lots: "2");
        await desk.Price("EURUSD", "1.10100", "1.10110");
        await desk.Send(new ClosePosition(default, account, "c1", new PositionNumber(1), null));
        await desk.Price("EURUSD", "1.10100", "1.10110");
        await desk.Buy(account, "a2", lots: "5");
        await desk.Price("EURUSD", "1.09500", "1.09510");
        await desk.Price("EURUSD", "1.09000", "1.09010");
        await desk.Tick();
        var journal = await Journal(desk, account);
        Assert.Contains(journal, fact => fact is AccountFailed);
        return (journal, journal[^1].At);
    }

    private static async Task<IReadOnlyList<EngineEvent>> Journal(TestDesk desk, AccountId account)
    {
        var entries = await desk.Firm.Run(services => services.GetRequiredService<TradeSenseDb>().Set<JournalEntry>().Where(row => row.AccountId == account.Value).OrderBy(row => row.Sequence).ToListAsync());
        return [.. entries.Select(entry => entry.Event)];
    }

    private static Task<PlanOutcome?> Replay(TestDesk desk, IReadOnlyList<EngineEvent> journal, DateTimeOffset until, AccountTerms terms, params NewsEvent[] news) => new PlanReplay(journal, until, news).Run(
        terms, (symbol, from, to, _) => Task.FromResult<IReadOnlyList<Quote>>([.. desk.Quotes.Where(quote => quote.Symbol == symbol && quote.At >= from && quote.At <= to)]),
        _ => Task.CompletedTask, TestContext.Current.CancellationToken);
}
