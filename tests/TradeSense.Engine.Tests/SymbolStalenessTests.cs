using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using Xunit;

namespace TradeSense.Engine.Tests;

public sealed class SymbolStalenessTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 11, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("BTCUSD", 30, null)]
    [InlineData("BTCUSD", 31, RejectReason.NoPrice)]
    [InlineData("EURUSD", 31, null)]
    [InlineData("EURUSD", 361, RejectReason.NoPrice)]
    public void A_symbol_with_a_limit_of_its_own_has_no_price_by_that_limit(string symbol, int seconds, RejectReason? refusal)
    {
        var options = new EngineOptions(InstrumentCatalog.All, TimeSpan.FromMinutes(6), EnforceSessions: true) { StalenessOf = new Dictionary<string, TimeSpan> { ["BTCUSD"] = TimeSpan.FromSeconds(30) } };
        var (engine, events, account) = (new TradingEngine(options), new List<EngineEvent>(), new AccountId(Guid.CreateVersion7(Start)));
        engine.Apply(new OpenAccount(Start, account, "open", Terms), events);
        engine.Apply(new QuoteInput(new Quote(Start, symbol, new Price(symbol == "BTCUSD" ? 60_000m : 1.1m), new Price(symbol == "BTCUSD" ? 60_010m : 1.1001m))), events);

        engine.Apply(new MarketOrder(Start.AddSeconds(seconds), account, "buy", symbol, Side.Buy, new Lots(0.1m), null, null), events);

        Assert.Equal(refusal, events.OfType<CommandRefused>().SingleOrDefault()?.Reason);
    }

    private static AccountTerms Terms { get; } = new(
        Currency.Usd, 100_000m, TradingDay.Default, new DailyLossRule(new Allowance(new Percent(5), null)), new OverallLossRule(new Allowance(new Percent(10), null)),
        null, 0, null, 30, null, 100, new Percent(50), 0, 1m, true, true);
}
