using System.Diagnostics;
using System.Globalization;
using TradeSense.Baselines;
using TradeSense.Benchmarks.Ground;
using TradeSense.Benchmarks.Measuring;
using TradeSense.Engine;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Benchmarks;

/// <summary>
/// P3, P5 and P11: the engine with a whole book, without a database. The baseline holds as many positions in plain arrays. Positions are spread over all instruments of the
/// catalogue, fewer than the fifty of the target, so that a quote meets more holders than it asks for.
/// </summary>
internal sealed class BookBench
{
    private const int Accounts = 100_000, PositionsEach = 10, Quotes = 10_000;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly TradingEngine _engine = new(new EngineOptions(InstrumentCatalog.All, null, false));
    private readonly BareBook _bare;
    private readonly List<EngineEvent> _events = [];
    private readonly long[] _mids = [.. InstrumentCatalog.All.Select(FirstMid)];
    private readonly int _accounts;
    private DateTimeOffset _now = Start;

    private BookBench(int accounts, int positionsEach)
    {
        (_accounts, var random, var symbols) = (accounts, new Random(3), InstrumentCatalog.All);
        for (var symbol = 0; symbol < symbols.Count; symbol++) _engine.Apply(QuoteOf(symbol), _events);
        for (var i = 0; i < accounts; i++)
        {
            _engine.Apply(new OpenAccount(Start, Id(i), "a", BenchDatabase.Terms with { DailyLoss = new DailyLossRule(new Allowance(new Percent(5), null)) }), _events);
            for (var p = 0; p < positionsEach; p++)
                _engine.Apply(new MarketOrder(Start, Id(i), "o", symbols[random.Next(symbols.Count)].Symbol, random.Next(2) == 0 ? Side.Buy : Side.Sell, new Lots(random.Next(1, 20) / 100m), null, null), _events);
            _events.Clear();
        }

        _engine.TakeChanged();
        _bare = new BareBook(accounts, accounts * positionsEach, symbols.Count, 500_000_000);
    }

    public static async Task Measure(PrivatePostgres server, ResultTable table, BenchOptions options, CancellationToken ct)
    {
        if (options.Targets.Contains("P3") || options.Targets.Contains("P5")) await new BookBench(Accounts, PositionsEach).Measure(table, options.Runs, ct);
        if (options.Targets.Contains("P11")) await new BookBench(100, PositionsEach).Replay(table, options.Runs, ct);
    }

    private async Task Measure(ResultTable table, int runs, CancellationToken ct)
    {
        var quotes = await Rounds.Run(runs, ct, new Contender("TradeSense", _ => Task.FromResult(Meet(Own))), new Contender("bare arrays, every holder of the symbol", _ => Task.FromResult(Meet(_bare.Take))));
        table.Add(new("P3", "quote → verdict, 1,000,000 positions", Unit.PerSecond, quotes[0], quotes[1], Goal.AtLeast(10_000m)));
        table.Add(new("P3", "quote → verdict, p99", Unit.Milliseconds, quotes[0].Waits, quotes[1].Waits, Goal.AtMost(1m)));

        var sweeps = await Rounds.Run(runs, ct, new Contender("TradeSense", _ => Task.FromResult(Sweep(Own))), new Contender("bare arrays, both floors", _ => Task.FromResult(Sweep(_bare.Take))));
        table.Add(new("P5", "whole book: a quote of every symbol", Unit.Milliseconds, sweeps[0], sweeps[1], Goal.RatioAtMost(2m)));
        table.Add(new("P5", "allocated by a quote without effect", Unit.Bytes, ResultTable.Counted("TradeSense", Allocated()), null, Goal.AtMost(0m)));
        table.Note($"P5: {Compared():N0} accounts' equities are equal to balance plus profits worked out in decimals, to the last digit; {_events.Count} events; {_bare.Crossings} crossings, sum {_bare.Sum()}");
    }

    private async Task Replay(ResultTable table, int runs, CancellationToken ct)
    {
        var figures = await Rounds.Run(runs, ct, new Contender("TradeSense", _ => Task.FromResult(Stream(Own))), new Contender("bare arrays, every holder of the symbol", _ => Task.FromResult(Stream(_bare.Take))));
        table.Add(new("P11", "replay with 1,000 open positions", Unit.PerSecond, figures[0], figures[1], Goal.AtLeast(1_000_000m)));
    }

    /// <summary>Quotes one after another, each timed; the prices walk about their place.</summary>
    private Reading Meet(Action<int, long> take)
    {
        var (random, waits, clock) = (new Random(7), new Waits(1), Stopwatch.StartNew());
        for (var i = 0; i < Quotes; i++)
        {
            var symbol = random.Next(_mids.Length);
            _mids[symbol] = Math.Clamp(_mids[symbol] + random.NextInt64(-20, 21), FirstMid(symbol) - 200, FirstMid(symbol) + 200);
            var began = Stopwatch.GetTimestamp();
            take(symbol, _mids[symbol]);
            waits.Add(0, began);
        }

        return waits.Over(clock.Elapsed);
    }

    private Reading Sweep(Action<int, long> take)
    {
        var clock = Stopwatch.StartNew();
        for (var symbol = 0; symbol < _mids.Length; symbol++) take(symbol, _mids[symbol] += _mids[symbol] > FirstMid(symbol) ? -7 : 7);
        return new Reading(clock.Elapsed.Ticks * 1000m / TimeSpan.TicksPerSecond);
    }

    private Reading Stream(Action<int, long> take)
    {
        const int Count = 1_000_000;
        var (random, clock) = (new Random(11), Stopwatch.StartNew());
        for (var i = 0; i < Count; i++)
        {
            var symbol = random.Next(_mids.Length);
            take(symbol, _mids[symbol] = Math.Clamp(_mids[symbol] + random.Next(-20, 21), FirstMid(symbol) - 400, FirstMid(symbol) + 400));
        }

        return new Reading(Count / (clock.Elapsed.Ticks / (decimal)TimeSpan.TicksPerSecond));
    }

    private void Own(int symbol, long mid) => _engine.Apply(QuoteOf(symbol), _events);

    /// <summary>Of a quote that decides nothing, beyond the input itself, which is made beforehand.</summary>
    private long Allocated()
    {
        var inputs = Enumerable.Range(0, 1000).Select(i => QuoteOf(i % _mids.Length)).ToArray();
        foreach (var input in inputs) _engine.Apply(input, _events);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var input in inputs) _engine.Apply(input, _events);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / inputs.Length;
    }

    /// <summary>Every hundredth account: its equity from its positions, and theirs in dollars from prices, lots and contract.</summary>
    private int Compared()
    {
        var compared = 0;
        for (var i = 0; i < _accounts; i += 100, compared++)
        {
            var view = _engine.View(Id(i)) ?? throw new InvalidOperationException("An account of the book is gone.");
            var sum = view.State.Balance + view.Positions.Sum(position => position.Profit);
            foreach (var position in view.Positions)
            {
                var state = position.State;
                var instrument = InstrumentCatalog.All.Single(one => one.Symbol == state.Symbol);
                if (instrument.QuoteCurrency != Currency.Usd) continue;

                var step = state.Side == Side.Buy ? position.Mark.Value - state.OpenPrice.Value : state.OpenPrice.Value - position.Mark.Value;
                if (position.Profit != step * state.Lots.Value * instrument.ContractSize) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Account {i}: {position}."));
            }

            if (sum != view.Equity) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Account {i}: equity {view.Equity}, its parts {sum}."));
        }

        return compared;
    }

    private QuoteInput QuoteOf(int symbol)
    {
        var (instrument, unit) = (InstrumentCatalog.All[symbol], 1m);
        for (var d = 0; d < instrument.QuoteDigits; d++) unit *= 10m;
        return new(new Quote(_now = _now.AddTicks(TimeSpan.TicksPerMillisecond), instrument.Symbol, new Price((_mids[symbol] - 5) / unit), new Price((_mids[symbol] + 5) / unit)));
    }

    private static long FirstMid(int symbol) => FirstMid(InstrumentCatalog.All[symbol]);

    private static long FirstMid(Instrument instrument) => instrument.QuoteCurrency.Code == "JPY" || instrument.Digits == 2 ? 1_500_000L : 1_100_000L;

    private static AccountId Id(int n) => new(new Guid(n + 1, 0, 0, new byte[8]));
}
