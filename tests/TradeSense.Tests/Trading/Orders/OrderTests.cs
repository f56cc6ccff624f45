using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.History;
using TradeSense.Modules.Trading.Orders;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Trading.Orders;

/// <summary>A trader's orders through the use cases and the live desk, in a market that never closes.</summary>
public sealed class OrderTests(Site site)
{
    private const string Symbol = "BTCUSD";

    [Fact]
    public async Task A_trader_buys_protects_and_closes_in_two_parts()
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, account) = await Trader(firm);

        var bought = await Buy(firm, account, trader.Id, "b1", "0.50", stopLoss: "59000.00");
        var modified = await firm.Run<Modules.Trading.Orders.ModifyPosition, Result<CommandOutcome.Accepted>>(use => use.Run(new(account, trader.Id, "m1", 1, "58000.00", "70000.00"), default));
        var half = await firm.Run<Modules.Trading.Orders.ClosePosition, Result<CommandOutcome.Accepted>>(use => use.Run(new(account, trader.Id, "c1", 1, "0.25"), default));
        var all = await firm.Run<Modules.Trading.Orders.CloseAllPositions, Result<CommandOutcome.Accepted>>(use => use.Run(new(account, trader.Id, "c2"), default));

        Assert.Equal(60_010m, Assert.IsType<PositionOpened>(bought.Value.Events[0]).Price.Value);
        Assert.False(modified.IsRefused);
        Assert.Equal(0.25m, Assert.IsType<PositionClosed>(half.Value.Events[0]).LotsLeft.Value);
        Assert.Equal(0m, Assert.IsType<PositionClosed>(all.Value.Events[0]).LotsLeft.Value);
        var list = await firm.Run<TradeList, TradeList.Page>(query => query.Run(new TradeList.Filter(account), 1, 20, default));
        Assert.Equal((2, -5m, 0), (list.Total, list.Net, list.Wins));
        Assert.StartsWith("position,symbol", await firm.Run<TradeList, string>(query => query.Csv(new TradeList.Filter(account), default)), StringComparison.Ordinal);
        var picture = await firm.Run<AccountPicture, Result<AccountPicture.Picture>>(query => query.Run(account, trader.Id, default));
        Assert.Equal(99_995m, picture.Value.View!.Equity);
        Assert.Equal(99_995m, picture.Value.Account.Balance);
        Assert.Equal(-5m, Assert.Single(await firm.Run<DayCalendar, IReadOnlyList<DayCalendar.Day>>(query => query.Run(account, default))).Profit);
        Assert.Equal(5, (await firm.Run<JournalList, (IReadOnlyList<JournalList.Row> Rows, int Total)>(query => query.Run(account, 1, 50, default))).Total);
        Assert.NotEmpty(await firm.Run<EquityCurve, IReadOnlyList<EquityCurve.Point>>(query => query.Run(account, 500, default)));
    }

    [Theory]
    [InlineData("0.001", "trading.invalid_quantity")]
    [InlineData("0,5", "trading.invalid_quantity")]
    [InlineData("-1", "trading.invalid_quantity")]
    [InlineData("1e2", "trading.invalid_quantity")]
    [InlineData("NaN", "trading.invalid_quantity")]
    [InlineData("", "trading.invalid_quantity")]
    [InlineData("99999999999999999999999999999999999999999999999999", "trading.invalid_quantity")]
    [InlineData("100.01", "trading.invalid_quantity")]
    public async Task A_size_that_cannot_be_traded_is_refused_beside_its_field(string lots, string code)
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, account) = await Trader(firm);

        var refused = await Buy(firm, account, trader.Id, "b1", lots);

        Assert.Equal((code, "Lots"), (refused.Refusal?.Code, refused.Refusal?.Field));
    }

    [Fact]
    public async Task An_order_for_anothers_account_is_refused_as_if_the_account_did_not_exist()
    {
        await using var firm = await TestFirm.Create(site);
        await using var elsewhere = await TestFirm.Create(site);
        var (trader, account) = await Trader(firm);
        var colleague = await firm.Trader();

        Assert.Equal(TradingRefusal.UnknownAccount, (await Buy(firm, account, colleague.Id, "b1", "0.1")).Refusal);
        Assert.Equal(TradingRefusal.UnknownAccount, (await Buy(elsewhere, account, trader.Id, "b1", "0.1")).Refusal);
        Assert.Equal(TradingRefusal.UnknownAccount, (await elsewhere.Run<AccountPicture, Result<AccountPicture.Picture>>(query => query.Run(account, null, default))).Refusal);
    }

    /// <summary>What the forms read first still comes after whether the account trades: that is the engine's to say.</summary>
    [Theory]
    [InlineData("market", "trading.unknown_instrument", "Symbol")]
    [InlineData("pending", "trading.unknown_instrument", "Symbol")]
    [InlineData("bracket", "trading.unknown_instrument", "Symbol")]
    [InlineData("oco", "trading.unknown_instrument", "Legs[1].Symbol")]
    [InlineData("scaled", "trading.unknown_instrument", "Symbol")]
    [InlineData("count", "trading.invalid_count", "Count")]
    [InlineData("one leg", "trading.invalid_kind", "Legs")]
    [InlineData("modify", "trading.unknown_position", null)]
    [InlineData("trail", "trading.unknown_position", null)]
    [InlineData("change", "trading.unknown_order", null)]
    public async Task What_a_form_reads_comes_after_whether_the_account_trades(string what, string code, string? field)
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, account) = await Trader(firm);

        var refused = await Wrong(firm, what, account, trader.Id, "w1");
        await firm.Site.Services.GetRequiredService<TradingDesk>().Send(new CloseAccount(firm.Clock.GetUtcNow(), new AccountId(account), "end", "reset"), default);
        var ended = await Wrong(firm, what, account, trader.Id, "w2");

        Assert.Equal((code, field), (refused.Refusal?.Code, refused.Refusal?.Field));
        Assert.Equal(TradingRefusal.AccountNotActive, ended.Refusal);
    }

    private static Task<Result<CommandOutcome.Accepted>> Wrong(TestFirm firm, string what, Guid account, Guid user, string id) => what switch
    {
        "market" => firm.Run<PlaceMarketOrder, Result<CommandOutcome.Accepted>>(use => use.Run(new(account, user, id, "NOPE", "buy", "1"), default)),
        "pending" => firm.Run<PlacePendingOrder, Result<CommandOutcome.Accepted>>(use => use.Run(new(account, user, id, "NOPE", "buy", "limit", "1", "1"), default)),
        "bracket" => firm.Run<PlaceBracket, Result<CommandOutcome.Accepted>>(use => use.Run(new(account, user, id, "NOPE", "buy", "market", "1", null, null, "1", "2"), default)),
        "oco" => firm.Run<PlaceOco, Result<CommandOutcome.Accepted>>(use => use.Run(new(account, user, id, [Leg(Symbol), Leg("NOPE")]), default)),
        "one leg" => firm.Run<PlaceOco, Result<CommandOutcome.Accepted>>(use => use.Run(new(account, user, id, [Leg(Symbol)]), default)),
        "scaled" => firm.Run<PlaceScaled, Result<CommandOutcome.Accepted>>(use => use.Run(new(account, user, id, "NOPE", "buy", "1", "50000", "51000", 3), default)),
        "count" => firm.Run<PlaceScaled, Result<CommandOutcome.Accepted>>(use => use.Run(new(account, user, id, Symbol, "buy", "1", "50000", "51000", 1), default)),
        "modify" => firm.Run<Modules.Trading.Orders.ModifyPosition, Result<CommandOutcome.Accepted>>(use => use.Run(new(account, user, id, 9, "1", null), default)),
        "trail" => firm.Run<Modules.Trading.Orders.SetTrailingStop, Result<CommandOutcome.Accepted>>(use => use.Run(new(account, user, id, 9, "1"), default)),
        _ => firm.Run<Modules.Trading.Orders.ModifyOrder, Result<CommandOutcome.Accepted>>(use => use.Run(new(account, user, id, 9, "1", "1", null, null, null), default)),
    };

    private static PlaceOco.Leg Leg(string symbol) => new(symbol, "buy", "limit", "0.10", "50000");

    [Fact]
    public void Every_reason_of_the_engine_has_a_refusal_with_words()
    {
        var words = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Repository.Root, "src/TradeSense.Modules/Trading/refusals.en.json")))!;

        foreach (var reason in Enum.GetValues<RejectReason>())
        {
            Assert.Equal("trading." + reason.Code(), TradingRefusal.Of(reason).Code);
            Assert.NotEmpty(words["trading." + reason.Code()]);
        }
    }

    private static async Task<(TestPerson Trader, Guid Account)> Trader(TestFirm firm)
    {
        var trader = await firm.Trader();
        var account = Guid.CreateVersion7();
        await firm.Run<OpenTradingAccount, Result<long>>(open => open.Run(new OpenTradingAccount.Request(account, trader.Id, Guid.CreateVersion7(), 0, "Phase 1", TestDesk.Terms), default));
        await firm.DrainOutbox();
        var desk = firm.Site.Services.GetRequiredService<TradingDesk>();
        while ((await desk.View(new AccountId(account), default)) is null) await Task.Delay(20, TestContext.Current.CancellationToken);
        await desk.Take(new Quote(firm.Clock.GetUtcNow(), Symbol, new Price(60_000m), new Price(60_010m)), default);
        return (trader, account);
    }

    private static Task<Result<CommandOutcome.Accepted>> Buy(TestFirm firm, Guid account, Guid user, string clientId, string lots, string? stopLoss = null) =>
        firm.Run<PlaceMarketOrder, Result<CommandOutcome.Accepted>>(use => use.Run(new PlaceMarketOrder.Request(account, user, clientId, Symbol, "buy", lots, stopLoss), default));
}
