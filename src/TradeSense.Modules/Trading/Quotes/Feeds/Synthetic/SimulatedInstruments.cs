using TradeSense.Engine.Instruments;

namespace TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;

/// <summary>How one symbol behaves in the synthetic market.</summary>
/// <param name="Level">The price it keeps returning to.</param>
/// <param name="Spread">Its spread in a calm London afternoon, in points (the last digit).</param>
/// <param name="Loads">Percent of price per unit of each factor: the root of their squares is the ordinary day's movement.</param>
/// <param name="Currencies">Whose releases widen its spread.</param>
internal sealed record SimulatedInstrument(
    string Symbol, double Level, double Spread, FactorLoad[] Loads, string[] Currencies)
{
    public int Digits { get; } = InstrumentCatalog.All.Single(instrument => instrument.Symbol == Symbol).Digits;
}

internal readonly record struct FactorLoad(string Factor, double Percent);

/// <summary>The synthetic market's cast. A cross is the product of its legs, so no triangle ever pays.</summary>
internal static class SimulatedInstruments
{
    public static IReadOnlyList<SimulatedInstrument> All { get; } = Cast();

    private static SimulatedInstrument[] Cast()
    {
        var eurusd = Currency("EURUSD", 1.1400, 9, ("EUR", 0.33), ("USD", -0.30));
        var gbpusd = Currency("GBPUSD", 1.3300, 12, ("GBP", 0.38), ("USD", -0.30));
        var usdjpy = Currency("USDJPY", 152.00, 11, ("JPY", -0.48), ("USD", 0.25));

        return
        [
            eurusd, gbpusd, usdjpy,
            Currency("USDCHF", 0.8100, 13, ("CHF", -0.24), ("EUR", -0.20), ("USD", 0.28)),
            Currency("AUDUSD", 0.6600, 12, ("AUD", 0.45), ("USD", -0.30), ("STOCKS", 0.18)),
            Currency("NZDUSD", 0.5800, 17, ("NZD", 0.32), ("AUD", 0.34), ("USD", -0.30), ("STOCKS", 0.15)),
            Currency("USDCAD", 1.3900, 14, ("CAD", -0.26), ("USD", 0.24), ("STOCKS", -0.12)),
            Cross("EURJPY", eurusd, usdjpy, 15),
            Cross("GBPJPY", gbpusd, usdjpy, 22),
            new("XAUUSD", 3950, 25, [new("GOLD", 0.90), new("USD", -0.35)], ["USD"]),
            new("US500", 6700, 45, [new("STOCKS", 0.90)], ["USD"]),
            new("US30", 47000, 240, [new("STOCKS", 0.75), new("INDUSTRIALS", 0.35)], ["USD"]),
            new("NAS100", 25000, 130, [new("STOCKS", 1.10), new("TECHNOLOGY", 0.50)], ["USD"]),
            new("BTCUSD", 98000, 1400, [new("COINS", 2.30), new("STOCKS", 0.40)], ["USD"]),
            new("ETHUSD", 3400, 110, [new("COINS", 2.50), new("ETHER", 1.60), new("STOCKS", 0.40)], ["USD"]),
        ];
    }

    private static SimulatedInstrument Currency(string symbol, double level, double spread, params (string Factor, double Percent)[] loads) =>
        new(symbol, level, spread, [.. loads.Select(load => new FactorLoad(load.Factor, load.Percent))], [symbol[..3], symbol[3..]]);

    /// <summary>First × second where the first is quoted in what the second is based on: EURUSD × USDJPY = EURJPY. Logarithms add, so the loads do.</summary>
    private static SimulatedInstrument Cross(string symbol, SimulatedInstrument first, SimulatedInstrument second, double spread)
    {
        var loads = first.Loads.Concat(second.Loads)
            .GroupBy(load => load.Factor)
            .Select(same => new FactorLoad(same.Key, same.Sum(load => load.Percent)))
            .ToArray();
        return new(symbol, first.Level * second.Level, spread, loads, [symbol[..3], symbol[3..]]);
    }
}
