using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using Xunit;

namespace TradeSense.Engine.Tests;

/// <summary>The documented order of refusals as a table: each row is one thing wrong with an order, and of any two of them the one further up is told.</summary>
public sealed class RefusalOrderTests
{
    private static readonly DateTimeOffset Friday = new(2026, 3, 6, 15, 0, 0, TimeSpan.Zero);

    /// <summary>Everything an order is made of, with nothing wrong.</summary>
    private sealed record World
    {
        public bool Ended { get; init; }
        public DateTimeOffset At { get; init; } = Friday;
        public string Symbol { get; init; } = "EURUSD";
        public decimal Lots { get; init; } = 1m;
        public int Legs { get; init; } = 1;
        public Price? StopLoss { get; init; }
        public Price? TakeProfit { get; init; }
        public PositionGuards? Guards { get; init; }
        public Expiry Expiry { get; init; } = Expiry.None;
        public int Leverage { get; init; } = 100;
        public TradingRules Rules { get; init; } = new() { GuardsStopLoss = true };
        public bool IsFull { get; init; }
        public bool IsNews { get; init; }
    }

    private static readonly (RejectReason Reason, string What, Func<World, World> Spoil, bool AtMarket, bool Pending, bool Change)[] Rows =
    [
        (RejectReason.AccountNotActive, "ended", w => w with { Ended = true }, true, true, true),
        (RejectReason.UnknownInstrument, "symbol", w => w with { Symbol = "NOPE" }, true, true, false),
        (RejectReason.MarketClosed, "saturday", w => w with { At = Friday.AddDays(1) }, true, true, true),
        (RejectReason.InvalidQuantity, "lots", w => w with { Lots = 0.001m }, true, true, true),
        (RejectReason.InvalidQuantity, "legs", w => w with { Legs = 2 }, false, true, false),
        (RejectReason.InvalidPrice, "take profit", w => w with { TakeProfit = new Price(0.5m) }, true, true, true),
        (RejectReason.InvalidPrice, "guard", w => w with { Guards = new PositionGuards(new Price(0.000001m)) }, true, true, false),
        (RejectReason.InvalidPrice, "expiry", w => w with { Expiry = Expiry.At(Friday.AddHours(-1)) }, false, true, true),
        (RejectReason.NoPrice, "stale", w => w with { At = w.At.AddMinutes(5) }, true, false, false),
        (RejectReason.RuleForbids, "order size", w => w with { Rules = w.Rules with { MaximumOrderLots = 0.0001m } }, true, true, true),
        (RejectReason.RuleForbids, "news", w => w with { IsNews = true, Rules = w.Rules with { News = new NewsRule(5, 5, NewsEffect.Block, new Percent(0)) } }, true, false, false),
        (RejectReason.RuleForbids, "too many orders", w => w with { IsFull = true }, false, true, false),
        (RejectReason.WouldBreach, "stop loss", w => w with { StopLoss = new Price(0.9m) }, true, true, true),
        (RejectReason.InsufficientMargin, "leverage", w => w with { Leverage = 1 }, true, true, true),
    ];

    public static TheoryData<string, string, string> Pairs(string kind)
    {
        var rows = Rows.Where(r => kind switch { "market" => r.AtMarket, "pending" => r.Pending, _ => r.Change }).ToList();
        var data = new TheoryData<string, string, string>();
        for (var i = 0; i < rows.Count; i++)
            for (var j = i; j < rows.Count; j++)
                if (i == j || rows[i].Reason != rows[j].Reason) data.Add(kind, rows[i].What, rows[j].What);
        return data;
    }

    [Theory]
    [MemberData(nameof(Pairs), "market")]
    [MemberData(nameof(Pairs), "pending")]
    [MemberData(nameof(Pairs), "change")]
    public void Of_two_reasons_the_one_documented_first_is_told(string kind, string first, string second)
    {
        var world = Row(second).Spoil(Row(first).Spoil(new World()));

        Assert.Equal(Row(first).Reason, Refusal(kind, world));
    }

    [Theory]
    [InlineData("market")]
    [InlineData("pending")]
    [InlineData("change")]
    public void With_nothing_wrong_nothing_is_refused(string kind) => Assert.Null(Refusal(kind, new World()));

    [Fact]
    public void Reasons_are_numbered_in_the_documented_order() => Assert.Equal(
        [
            "account_not_active", "unknown_instrument", "market_closed", "invalid_quantity", "invalid_price", "no_price", "rule_forbids", "would_breach", "insufficient_margin",
        ],
        Rows.Select(r => r.Reason).Distinct().Order().Select(r => r.Code()));

    private static (RejectReason Reason, string What, Func<World, World> Spoil, bool AtMarket, bool Pending, bool Change) Row(string what) => Rows.Single(r => r.What == what);

    private static RejectReason? Refusal(string kind, World world)
    {
        var options = new EngineOptions(InstrumentCatalog.All, TimeSpan.FromMinutes(1), EnforceSessions: true);
        var (engine, events, account) = (new TradingEngine(options), new List<EngineEvent>(), new AccountId(new Guid(1, 0, 0, new byte[8])));
        void Apply(EngineInput input) => engine.Apply(input, events);
        OrderLeg Leg(Price price) => new(world.Symbol, Side.Buy, new Lots(world.Lots), OrderKind.Limit, price, null, world.StopLoss, world.TakeProfit, world.Guards);
        OrderLeg Small(Price price) => new("EURUSD", Side.Buy, new Lots(0.01m), OrderKind.Limit, price);

        // What waits already was placed before the account's rules would have minded it, so the rules are those of an account stored with it.
        Apply(new QuoteInput(new Quote(Friday.AddHours(-2), "EURUSD", new Price(1.1m), new Price(1.1m))));
        Apply(new OpenAccount(Friday.AddHours(-2), account, "open", Terms(world with { Leverage = 100, Rules = new TradingRules() })));
        for (var i = 0; i < (world.IsFull ? 500 : 1); i++)
            Apply(new PlaceOrders(Friday.AddHours(-2), account, $"w{i}", [Small(new Price(0.5m))], Expiry.None, OrderBond.None));
        engine = TradingEngine.Restore(options, engine.Now, [engine.State(account)! with { Terms = Terms(world) }], engine.LastQuotes());

        Apply(new QuoteInput(new Quote(Friday, "EURUSD", new Price(1.1m), new Price(1.1m))));
        if (world.IsNews) Apply(new NewsInput(Friday, [new NewsEvent(world.At, "USD")]));
        if (world.Ended) Apply(new CloseAccount(Friday, account, "end", "reset"));
        events.Clear();
        Apply(kind switch
        {
            "market" => new MarketOrder(world.At, account, "x", world.Symbol, Side.Buy, new Lots(world.Lots), world.StopLoss, world.TakeProfit, null, world.Guards),
            "pending" => new PlaceOrders(world.At, account, "x", [.. Enumerable.Repeat(Leg(new Price(1.09m)), world.Legs)], world.Expiry, OrderBond.None),
            _ => new ModifyOrder(world.At, account, "x", new OrderNumber(1), new Lots(world.Lots), new Price(1.09m), null, world.StopLoss, world.TakeProfit, world.Expiry),
        });
        return events.OfType<CommandRefused>().SingleOrDefault()?.Reason;
    }

    private static AccountTerms Terms(World world) => new(
        Currency.Usd, 100_000m, TradingDay.Default, new DailyLossRule(new Allowance(new Percent(1), null)), null, null, 0, null, 30, null, world.Leverage, new Percent(0), 0, 0m,
        SwapFree: true, WeekendHolding: true, world.Rules);
}
