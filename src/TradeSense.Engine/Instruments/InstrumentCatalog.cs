using TradeSense.Engine.Values;

namespace TradeSense.Engine.Instruments;

/// <summary>The instruments every installation starts with. A firm's own list may replace commission, swap and lot limits.</summary>
public static class InstrumentCatalog
{
    private const decimal CommissionPerLotAndSide = 3.00m;

    public static IReadOnlyList<Instrument> All { get; } =
    [
        Pair("EURUSD", -6.5m, 2.1m),
        Pair("GBPUSD", -3.8m, -1.2m),
        Pair("USDJPY", 9.4m, -18.6m),
        Pair("USDCHF", 5.2m, -11.3m),
        Pair("AUDUSD", -2.4m, -0.6m),
        Pair("NZDUSD", -1.6m, -1.1m),
        Pair("USDCAD", 1.9m, -7.0m),
        Pair("EURJPY", 7.1m, -15.8m),
        Pair("GBPJPY", 13.2m, -26.4m),
        new("XAUUSD", "XAU", Currency.Usd, 100m, 2, 1, Size(0.01m), Size(0.01m), Size(50m), CommissionPerLotAndSide, -38m, 17m, Session.Metals),
        Index("US500", -95m, 28m),
        Index("US30", -640m, 190m),
        Index("NAS100", -340m, 100m),
        Coin("BTCUSD", "BTC", -2900m, -900m),
        Coin("ETHUSD", "ETH", -120m, -40m),
    ];

    /// <summary>Five digits, three for yen pairs; base and quote currency are the symbol's two halves.</summary>
    private static Instrument Pair(string symbol, decimal swapLong, decimal swapShort)
    {
        var quote = Currency.Of(symbol[3..]);
        var digits = quote.Code == "JPY" ? 3 : 5;
        return new(symbol, symbol[..3], quote, 100_000m, digits, digits - 1, Size(0.01m), Size(0.01m), Size(100m),
            CommissionPerLotAndSide, swapLong, swapShort, Session.Currencies);
    }

    private static Instrument Index(string symbol, decimal swapLong, decimal swapShort) =>
        new(symbol, symbol, Currency.Usd, 1m, 2, 0, Size(0.01m), Size(0.01m), Size(1000m), 0m, swapLong, swapShort, Session.Indices);

    private static Instrument Coin(string symbol, string coin, decimal swapLong, decimal swapShort) =>
        new(symbol, coin, Currency.Usd, 1m, 2, 0, Size(0.01m), Size(0.01m), Size(100m), 0m, swapLong, swapShort, Session.Always);

    private static Lots Size(decimal lots) => new(lots);
}
