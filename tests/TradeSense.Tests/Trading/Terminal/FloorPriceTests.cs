using TradeSense.Engine;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Modules.Trading.Terminal;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Trading.Terminal;

public sealed class FloorPriceTests
{
    private static readonly DateTimeOffset At = TestDesk.Start;

    [Theory]
    // 100,000 less 5 % a day: 5,000 of room, on so many coins.
    [InlineData("0.10", "buy", "10000")]
    [InlineData("4.00", "buy", "58750")]
    [InlineData("4.00", "sell", "61250")]
    public void The_line_stands_where_the_room_is_used_up_also_when_the_whole_position_is_worth_more_than_the_account(string lots, string side, string expected)
    {
        var mark = Of((lots, side))!;

        Assert.Equal(LossRule.DailyLoss, mark.Rule);
        Assert.InRange(mark.Bid, Number(expected) - 0.02m, Number(expected) + 0.02m);
    }

    [Fact]
    public void Both_sides_of_a_symbol_count_by_what_is_left_of_them()
    {
        var mark = Of(("4.00", "buy"), ("1.50", "sell"))!;

        Assert.InRange(mark.Bid, 57_999.98m, 58_000.02m);
    }

    [Fact]
    public void Sides_that_cancel_out_have_no_line() => Assert.Null(Of(("1.00", "buy"), ("1.00", "sell")));

    private static FloorMark? Of(params (string Lots, string Side)[] held)
    {
        var (engine, id, quotes) = (new TradingEngine(new EngineOptions(InstrumentCatalog.All, null, false)), new AccountId(Guid.CreateVersion7()), new LatestQuotes());
        var quote = new Quote(At, "BTCUSD", new Price(60_000m), new Price(60_000m));
        quotes.Put(quote);
        engine.Apply(new OpenAccount(At, id, "open", TestDesk.Terms), []);
        engine.Apply(new QuoteInput(quote), []);
        foreach (var (lots, side) in held)
            engine.Apply(new MarketOrder(At, id, $"order {lots} {side}", "BTCUSD", side == "buy" ? Side.Buy : Side.Sell, new Lots(Number(lots)), null, null), []);
        return new FloorPrice(quotes).Of(engine.View(id)!, InstrumentCatalog.All);
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
