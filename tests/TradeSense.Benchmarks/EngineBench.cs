using System.Diagnostics;
using System.Globalization;
using TradeSense.Engine;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Benchmarks;

/// <summary>The engine alone, no database: one quote on many holders, and replay speed with open positions.</summary>
public static class EngineBench
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static void Run(TextWriter output)
    {
        QuoteOnHolders(output, 20_000, OverallMode.Static);
        QuoteOnHolders(output, 20_000, OverallMode.TrailingEquity);
        Replay(output, 1_000, 2_000_000);
        WholeBook(output, 100_000, 10, OverallMode.Static, 20_000);
        WholeBook(output, 10_000, 10, OverallMode.TrailingEquity, 500);
    }

    /// <summary>Each account holds one symbol; the price walks about its place as a real one does.</summary>
    private static void QuoteOnHolders(TextWriter output, int holders, OverallMode mode)
    {
        var engine = WithHolders(holders, 1, mode);
        var (events, random, times) = (new List<EngineEvent>(), new Random(7), new List<long>());
        var mid = 1_100_000L;
        var before = 0L;
        for (var i = 0; i < 22_000; i++)
        {
            if (i == 2_000) before = GC.GetAllocatedBytesForCurrentThread();
            mid += random.NextInt64(-300, 301);
            var quote = Quote("EURUSD", mid, Start.AddMilliseconds(i));
            var began = Stopwatch.GetTimestamp();
            engine.Apply(quote, events);
            if (i >= 2_000) times.Add(Stopwatch.GetTimestamp() - began);
        }

        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / times.Count;
        times.Sort();
        var (median, late, mean) = (Micros(times[times.Count / 2]), Micros(times[times.Count * 99 / 100]), Micros(times.Sum()) / times.Count);
        output.WriteLine(Line($"one quote, {holders:N0} holders, {mode}: p50 {median:F1} µs, p99 {late:F1} µs, mean {mean:F1} µs, worst {Micros(times[^1]):F0} µs"));
        output.WriteLine(Line($"  {allocated} bytes allocated a quote, its input included; {events.Count} events"));
    }

    /// <summary>Many accounts with positions over all instruments, and quotes of all of them.</summary>
    private static void WholeBook(TextWriter output, int accounts, int positionsEach, OverallMode mode, int quotes)
    {
        var (engine, events, random) = (new TradingEngine(new EngineOptions(InstrumentCatalog.All, null, false)), new List<EngineEvent>(), new Random(3));
        var mids = InstrumentCatalog.All.ToDictionary(i => i.Symbol, i => i.QuoteCurrency.Code == "JPY" || i.Digits == 2 ? 1_500_000L : 1_100_000L);
        foreach (var instrument in InstrumentCatalog.All) engine.Apply(Quote(instrument, mids[instrument.Symbol], Start), events);
        var bytes = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < accounts; i++)
        {
            var id = new AccountId(new Guid(i + 1, 0, 0, new byte[8]));
            engine.Apply(new OpenAccount(Start, id, "a", Terms(mode)), events);
            for (var p = 0; p < positionsEach; p++)
                engine.Apply(new MarketOrder(
                    Start, id, "o", InstrumentCatalog.All[random.Next(InstrumentCatalog.All.Count)].Symbol, random.Next(2) == 0 ? Side.Buy : Side.Sell, new Lots(random.Next(1, 100) / 100m), null, null), events);
            events.Clear();
        }

        engine.TakeChanged();
        bytes = GC.GetTotalMemory(forceFullCollection: true) - bytes;
        List<long> times = [];
        for (var i = 0; i < quotes; i++)
        {
            var instrument = InstrumentCatalog.All[random.Next(InstrumentCatalog.All.Count)];
            var quote = Quote(instrument, mids[instrument.Symbol] += random.NextInt64(-60, 61), Start.AddMilliseconds(i));
            var began = Stopwatch.GetTimestamp();
            engine.Apply(quote, events);
            times.Add(Stopwatch.GetTimestamp() - began);
        }

        times.Sort();
        var (median, late, mean) = (Micros(times[times.Count / 2]), Micros(times[times.Count * 99 / 100]), Micros(times.Sum()) / times.Count);
        output.WriteLine(Line($"{accounts:N0} accounts, {accounts * positionsEach:N0} positions, {mode}: p50 {median:F1} µs, p99 {late:F1} µs, mean {mean:F1} µs, worst {Micros(times[^1]):F0} µs"));
        output.WriteLine(Line($"  {bytes / (accounts * positionsEach)} bytes a position with its share of the account; {events.Count} events"));
    }

    private static QuoteInput Quote(Instrument instrument, long mid, DateTimeOffset at)
    {
        var unit = 1m;
        for (var d = 0; d < instrument.QuoteDigits; d++) unit *= 10m;
        return new(new Quote(at, instrument.Symbol, new Price((mid - 50) / unit), new Price((mid + 50) / unit)));
    }

    private static void Replay(TextWriter output, int positions, int quotes)
    {
        var engine = WithHolders(positions / 10, 10, OverallMode.Static);
        var (events, random) = (new List<EngineEvent>(), new Random(11));
        string[] symbols = ["EURUSD", "GBPUSD", "AUDUSD"];
        var mids = new long[] { 1_100_000, 1_100_000, 1_100_000 };
        var inputs = new QuoteInput[quotes];
        for (var i = 0; i < quotes; i++)
        {
            var symbol = random.Next(3);
            inputs[i] = Quote(symbols[symbol], mids[symbol] += random.NextInt64(-100, 101), Start.AddMilliseconds(i));
        }

        var clock = Stopwatch.StartNew();
        foreach (var input in inputs) engine.Apply(input, events);
        clock.Stop();
        output.WriteLine(Line($"replay, {positions:N0} open positions: {quotes / clock.Elapsed.TotalSeconds:N0} quotes/s, {events.Count} events"));
    }

    private static TradingEngine WithHolders(int accounts, int positionsEach, OverallMode mode)
    {
        var engine = new TradingEngine(new EngineOptions(InstrumentCatalog.All, null, false));
        List<EngineEvent> events = [];
        string[] symbols = positionsEach == 1 ? ["EURUSD"] : ["EURUSD", "GBPUSD", "AUDUSD"];
        foreach (var symbol in symbols) engine.Apply(Quote(symbol, 1_100_000, Start), events);
        for (var i = 0; i < accounts; i++)
        {
            var id = new AccountId(new Guid(i + 1, 0, 0, new byte[8]));
            engine.Apply(new OpenAccount(Start, id, "a", Terms(mode)), events);
            // Opened up to 40 pips away and up to 10 lots big, so that rooms differ and some floors are near.
            foreach (var symbol in symbols) engine.Apply(Quote(symbol, 1_100_000 + (i % 200 - 100) * 40, Start), events);
            for (var p = 0; p < positionsEach; p++)
                engine.Apply(new MarketOrder(Start, id, "o", symbols[p % symbols.Length], p % 2 == i % 2 ? Side.Buy : Side.Sell, new Lots(positionsEach == 1 ? 0.1m + i % 100 / 10m : 0.1m + i % 20 / 10m), null, null), events);
        }

        return engine;
    }

    private static AccountTerms Terms(OverallMode mode) => new(
        Currency.Usd, 100_000m, TradingDay.Default, new DailyLossRule(new Allowance(new Percent(5), null)),
        new OverallLossRule(new Allowance(new Percent(10), null), mode), new Percent(8), 5, null, 30, null, 100, new Percent(50), 0, 0m, true, true);

    private static QuoteInput Quote(string symbol, long mid, DateTimeOffset at) =>
        new(new Quote(at, symbol, new Price((mid - 50) / 1_000_000m), new Price((mid + 50) / 1_000_000m)));

    private static decimal Micros(long ticks) => ticks * 1_000_000m / Stopwatch.Frequency;

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
