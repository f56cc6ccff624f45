using System.Globalization;
using System.IO.Compression;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using Xunit;

namespace TradeSense.Engine.Tests;

/// <summary>Ten minutes around the US payrolls of 2014-05-02, recorded: 200 accounts trade through the spike, and each verdict is worked out again in plain decimals.</summary>
public sealed class PayrollsTests
{
    private const int Accounts = 200;
    private const string Skipped = "the recorded quotes (../shared/data/ticks) are not on this machine";
    private static readonly Dictionary<string, decimal> ContractSizes = new() { ["EURUSD"] = 100_000m, ["NZDUSD"] = 100_000m, ["XAUUSD"] = 100m };

    public static bool IsWithoutData => Folder is null;

    private static string? Folder
    {
        get
        {
            for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
                if (Path.Combine(at.FullName, "shared", "data", "ticks") is var ticks && Directory.Exists(ticks)) return ticks;
            return null;
        }
    }

    [Fact(Skip = Skipped, SkipWhen = nameof(IsWithoutData))]
    public void Every_verdict_falls_on_the_quote_and_with_the_figures_of_a_plain_recomputation()
    {
        var engine = new TradingEngine(Scenario.Options);
        var (random, plain, events) = (new Random(20140502), new Dictionary<AccountId, PlainAccount>(), new List<EngineEvent>());
        var (quotes, last, verdicts, commands) = (0, new Dictionary<string, Quote>(), 0, 0);

        foreach (var quote in Quotes())
        {
            if (quotes++ == 0) Open(engine, quote.At, plain);
            Apply(new QuoteInput(quote));
            if (last.Count < ContractSizes.Count || quotes % 5 != 0) continue;

            var account = plain.Keys.ElementAt(random.Next(Accounts));
            Apply(Wish(random, account, quote.At, plain[account], $"c{commands++}"));
        }

        Assert.InRange(quotes, 10_000, 100_000);
        Assert.InRange(verdicts, 20, Accounts);
        Assert.Equal([LossRule.DailyLoss, LossRule.OverallLoss], plain.Values.Where(a => a.IsOver).Select(a => a.Crossed).Distinct().Order());

        void Apply(EngineInput input)
        {
            if (input is QuoteInput { Quote: var quote }) last[quote.Symbol] = quote;
            engine.Apply(input, events);
            foreach (var happened in events.Where(e => e is PositionOpened or PositionClosed { Reason: CloseReason.Trader })) plain[happened.Account].Take(happened);

            var told = events.OfType<AccountFailed>().ToDictionary(e => e.Account);
            foreach (var (id, account) in plain)
            {
                if (account.Verdict(last) is not { } expected)
                {
                    Assert.False(told.ContainsKey(id), "a verdict without a crossed floor");
                    continue;
                }

                Assert.Equal(new Breach(expected.Rule, expected.Floor, expected.Equity, input.At), told[id].Breach);
                // Each realised amount is rounded on its own: at most half a cent apart for each position.
                Assert.InRange(engine.State(id)!.Balance - expected.Equity, -0.005m * account.Open, 0.005m * account.Open);
                Assert.Equal(account.Open, told[id].Evidence.Positions.Count);
                account.Crossed = expected.Rule;
                account.IsOver = true;
                verdicts++;
            }

            events.Clear();
        }
    }

    private static void Open(TradingEngine engine, DateTimeOffset at, Dictionary<AccountId, PlainAccount> plain)
    {
        for (var i = 0; i < Accounts; i++)
        {
            var (id, size) = (new AccountId(new Guid(i + 1, 0, 0, new byte[8])), 5_000m * (1 + i % 4));
            engine.Apply(new OpenAccount(at, id, "open", new AccountTerms(
                Currency.Usd, size, TradingDay.Default, new DailyLossRule(new Allowance(new Percent(3), null)),
                new OverallLossRule(new Allowance(null, size * 0.04m), OverallMode.TrailingEquity), null, 0, null, 30, null, 500, new Percent(50), 0, 0m, true, true)), []);
            plain.Add(id, new PlainAccount(size));
        }
    }

    private static AccountCommand Wish(Random random, AccountId account, DateTimeOffset at, PlainAccount held, string id) =>
        random.Next(3) == 0 && held.Open > 0
            ? new ClosePosition(at, account, id, held.Oldest, null)
            : new MarketOrder(at, account, id, ContractSizes.Keys.ElementAt(random.Next(3)), random.Next(2) == 0 ? Side.Buy : Side.Sell, new Lots(random.Next(5, 120) / 100m), null, null);

    /// <summary>All three symbols from 12:26 to 12:36 UTC, merged by time.</summary>
    private static IEnumerable<Quote> Quotes() => Directory.GetFiles(Folder!, "*USD-2014-05-02.csv.gz").Order()
        .SelectMany(Rows)
        .Where(q => q.At.TimeOfDay >= new TimeSpan(12, 26, 0) && q.At.TimeOfDay < new TimeSpan(12, 36, 0))
        .OrderBy(q => q.At);

    private static IEnumerable<Quote> Rows(string file)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        text.ReadLine();
        while (text.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            yield return new Quote(DateTimeOffset.Parse(fields[0], CultureInfo.InvariantCulture), fields[1], new Price(Number(fields[2])), new Price(Number(fields[3])));
        }
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>An account as one would keep it on paper: every position marked, every rule compared, at every single input.</summary>
    private sealed class PlainAccount(decimal initial)
    {
        private readonly SortedDictionary<PositionNumber, PositionOpened> _open = [];
        private decimal _realised;
        private decimal _highestProfit;

        public bool IsOver { get; set; }
        public LossRule Crossed { get; set; }
        public int Open => _open.Count;
        public PositionNumber Oldest => _open.Keys.First();

        public void Take(EngineEvent happened)
        {
            if (happened is PositionOpened opened) _open.Add(opened.Position, opened);
            if (happened is not PositionClosed closed) return;
            _open.Remove(closed.Position);
            _realised += closed.Profit;
        }

        public (LossRule Rule, decimal Floor, decimal Equity)? Verdict(Dictionary<string, Quote> last)
        {
            if (IsOver) return null;

            var equity = initial + _realised;
            foreach (var p in _open.Values)
            {
                var quote = last[p.Symbol];
                var moved = p.Side == Side.Buy ? quote.Bid.Value - p.Price.Value : p.Price.Value - quote.Ask.Value;
                equity += moved * p.Lots.Value * ContractSizes[p.Symbol];
            }

            _highestProfit = Math.Max(_highestProfit, equity - initial);
            var (daily, overall) = (initial * 0.97m, initial + _highestProfit - initial * 0.04m);
            if (equity >= daily && equity >= overall) return null;
            return equity < overall && (overall >= daily || equity >= daily) ? (LossRule.OverallLoss, overall, equity) : (LossRule.DailyLoss, daily, equity);
        }
    }
}
