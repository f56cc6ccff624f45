using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Trading.Desk;

public sealed class PendingOrderStorageTests(Site site)
{
    [Fact]
    public async Task Pending_orders_and_guards_outlive_the_process_with_the_same_state()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "held");
        await desk.Send(new SetTrailingStop(default, account, "trail", new PositionNumber(1), new Price(0.00150m)));
        await desk.Send(new SetBreakeven(default, account, "even", new PositionNumber(1), new Breakeven(new Price(0.005m), new Price(0.0001m))));
        await desk.Send(new PlaceOrders(default, account, "oco", [Leg(OrderKind.Limit, 1.095m), Leg(OrderKind.StopLimit, 1.11m) with { LimitPrice = new Price(1.112m) }], Expiry.Day, OrderBond.Oco));
        await desk.Send(new PlaceOrders(default, account, "until", [Leg(OrderKind.Stop, 1.12m) with { StopLoss = new Price(1.1m), Guards = new(new Price(0.002m)) }], Expiry.At(TestDesk.Start.AddHours(3)), OrderBond.None));
        await desk.Send(new CancelOrder(default, account, "cancel", new OrderNumber(3)));
        await desk.Send(new PlaceOrders(default, account, "last", [Leg(OrderKind.Limit, 1.09m)], Expiry.None, OrderBond.None));
        await desk.Price("EURUSD", "1.10100", "1.10110");
        await desk.Tick();
        var before = await desk.Hash();

        desk.StartProcess();

        Assert.Equal(before, await desk.Hash());
        var view = await desk.Live.View(account, TestContext.Current.CancellationToken);
        Assert.Equal(["oco/1", "oco/2", "last"], view!.State.Orders.Select(order => order.OrderId));
        Assert.Equal(1.0995m, Assert.Single(view.State.Positions).StopLoss!.Value.Value);
        await desk.Price("EURUSD", "1.09480", "1.09490");
        await desk.Tick();
        Assert.Equal([(object)"last"], (await desk.Rows("select order_id from pending_orders where account_id = $1 order by number", account.Value)).Select(row => row[0]!));
        Assert.Equal("oco/1", Assert.Single(await desk.Rows("select order_id from positions where account_id = $1", account.Value))[0]);
    }

    [Fact]
    public async Task Listed_news_blocks_at_once_and_after_a_restart()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account(TestDesk.Terms with { Rules = new TradingRules { News = new NewsRule(5, 5, NewsEffect.Block, default) } });
        await desk.Price("EURUSD", "1.10000", "1.10010");
        Assert.IsType<CommandOutcome.Accepted>(await desk.Buy(account, "before"));

        await desk.Firm.Run<ListNews, bool>(async list => { await list.Run([new NewsEvent(TestDesk.Start.AddMinutes(3), "USD", "Payrolls")], default); return true; });
        await desk.Live.HearNews([new NewsEvent(TestDesk.Start.AddMinutes(3), "USD", "Payrolls")], TestContext.Current.CancellationToken);
        Assert.Equal(RejectReason.RuleForbids, Assert.IsType<CommandOutcome.Refused>(await desk.Buy(account, "in the window")).Reason);

        desk.StartProcess();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        Assert.Equal(RejectReason.RuleForbids, Assert.IsType<CommandOutcome.Refused>(await desk.Buy(account, "still")).Reason);
        Assert.IsType<CommandOutcome.Accepted>(await desk.Send(new CloseAllPositions(default, account, "close")));
    }

    [Fact]
    public async Task A_trade_keeps_how_far_it_went_and_the_margin_it_bound()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "one");
        await desk.Price("EURUSD", "1.09900", "1.09910");
        await desk.Price("EURUSD", "1.10300", "1.10310");
        await desk.Price("EURUSD", "1.10200", "1.10210");

        var closed = Assert.IsType<CommandOutcome.Accepted>(await desk.Send(new CloseAllPositions(default, account, "close")));

        Assert.Single(closed.Events.OfType<PositionClosed>());
        var trade = Assert.Single(await desk.Rows("select worst, best, worst_profit, best_profit, margin_high from trades where account_id = $1", account.Value));
        Assert.Equal([1.099m, 1.103m, -110m, 290m, 1100.1m], trade.Cast<decimal>());
    }

    private static OrderLeg Leg(OrderKind kind, decimal price) => new("EURUSD", Side.Buy, new Lots(0.5m), kind, new Price(price));
}
