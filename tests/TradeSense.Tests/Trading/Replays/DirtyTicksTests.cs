using TradeSense.Engine;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Modules.Trading.Quotes.Feeds;
using TradeSense.Modules.Trading.Quotes.Filter;
using TradeSense.Tests.Trading.Quotes;

namespace TradeSense.Tests.Trading.Replays;

/// <summary>A venue's uncut day, an eighth of it crossed, through filter and engine: what is refused must leave no trace in any verdict.</summary>
public sealed class DirtyTicksTests(ITestOutputHelper output)
{
    private const int Seed = 20140502, Accounts = 40;
    private static readonly TimeSpan BetweenOrders = TimeSpan.FromMinutes(10);

    [Fact]
    public void The_dirty_day_ends_with_the_verdicts_of_the_day_without_its_crossed_quotes()
    {
        var recorded = QuoteFiles.Read([Recordings.Dirty]).ToList();

        var filtered = Filtered(recorded.Select(quote => (quote, quote.At)), out var filter);
        var (dirty, clean) = (Play(filtered), Play(recorded.Where(quote => quote.Ask >= quote.Bid)));

        Print(filter);
        Assert.Equal(recorded.Count(quote => quote.Ask < quote.Bid), filter.Rejected[QuoteRejection.Crossed]);
        AreTheSame(clean, dirty);
    }

    [Fact]
    public void Every_kind_of_bad_quote_thrown_into_the_day_is_counted_and_changes_nothing()
    {
        var sound = QuoteFiles.Read([Recordings.Dirty]).Where(quote => quote.Ask >= quote.Bid).Take(40_000).ToList();
        var (spoiled, thrown) = Spoil(sound);

        var filtered = Filtered(spoiled, out var filter);

        Print(filter);
        foreach (var (reason, count) in thrown) Assert.Equal(count, filter.Rejected[reason]);
        Assert.Equal(thrown.Values.Sum(), filter.Rejected.Values.Sum());
        Assert.Equal(sound, filtered);
        AreTheSame(Play(sound), Play(filtered));
    }

    /// <summary>The comparison can fail: one accepted spike changes verdicts.</summary>
    [Fact]
    public void A_spike_let_through_would_show()
    {
        var sound = QuoteFiles.Read([Recordings.Dirty]).Where(quote => quote.Ask >= quote.Bid).Take(40_000).ToList();
        var (mad, at) = (sound.ToList(), sound.Count / 2);
        mad.Insert(at, sound[at] with { Bid = new Price(sound[at].Bid.Value * 0.9m), Ask = new Price(sound[at].Ask.Value * 0.9m) });

        Assert.NotEqual(Play(sound).Hash, Play(mad).Hash);
    }

    private static (List<(Quote, DateTimeOffset Now)> Quotes, Dictionary<QuoteRejection, int> Thrown) Spoil(List<Quote> sound)
    {
        var dice = new Random(Seed);
        var thrown = new Dictionary<QuoteRejection, int>();
        var spoiled = new List<(Quote, DateTimeOffset)>();
        for (var i = 0; i < sound.Count; i++)
        {
            var quote = sound[i];
            spoiled.Add((quote, quote.At));
            if (i + 1 == sound.Count || dice.Next(20) != 0) continue;

            var reason = (QuoteRejection)dice.Next(Enum.GetValues<QuoteRejection>().Length);
            spoiled.Add(Bad(reason, quote));
            thrown[reason] = thrown.GetValueOrDefault(reason) + 1;
        }

        return (spoiled, thrown);
    }

    private static (Quote, DateTimeOffset Now) Bad(QuoteRejection reason, Quote quote) => reason switch
    {
        QuoteRejection.UnknownInstrument => (quote with { Symbol = "XYZUSD" }, quote.At),
        QuoteRejection.NotPositive => (quote with { Bid = new Price(-quote.Bid.Value) }, quote.At),
        QuoteRejection.Crossed => (quote with { Ask = new Price(quote.Bid.Value - 0.00001m) }, quote.At),
        QuoteRejection.TooFine => (quote with { Ask = new Price(quote.Ask.Value + 0.00000001m) }, quote.At),
        QuoteRejection.Future => (quote with { At = quote.At.AddSeconds(5) }, quote.At),
        QuoteRejection.OutOfOrder => (quote with { At = quote.At.AddMilliseconds(-1) }, quote.At),
        QuoteRejection.Duplicate => (quote, quote.At),
        QuoteRejection.Stale => (quote with { Ask = new Price(quote.Ask.Value + 0.00001m) }, quote.At.AddMinutes(1)),
        QuoteRejection.Spike => (quote with { Bid = new Price(quote.Bid.Value - 0.05m), Ask = new Price(quote.Ask.Value - 0.05m) }, quote.At),
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    private static List<Quote> Filtered(IEnumerable<(Quote Quote, DateTimeOffset Now)> quotes, out QuoteFilter filter)
    {
        filter = new QuoteFilter(["EURUSD"], new QuotesOptions());
        var (all, accepted) = (new List<Quote>(), new List<Quote>());
        foreach (var (quote, now) in quotes)
        {
            accepted.Clear();
            filter.Offer(quote, now, accepted);
            all.AddRange(accepted);
        }

        return all;
    }

    /// <summary>Forty accounts that bet by seeded dice every ten minutes of the day, whichever quotes come.</summary>
    private static (string Hash, IReadOnlyList<string> Facts, int Verdicts) Play(IEnumerable<Quote> quotes)
    {
        var engine = new TradingEngine(new EngineOptions(InstrumentCatalog.All, Staleness: null, EnforceSessions: false));
        var (facts, dice, orders) = (new List<EngineEvent>(), new Random(Seed), 0);
        AccountId[] accounts = [.. Enumerable.Range(1, Accounts).Select(i => new AccountId(new Guid(i, 0, 0, new byte[8])))];
        DateTimeOffset? next = null;
        foreach (var quote in quotes)
        {
            if (next is null) foreach (var account in accounts) engine.Apply(new OpenAccount(quote.At, account, "open", Terms), facts);
            next ??= new DateTimeOffset(quote.At.UtcDateTime.Date, TimeSpan.Zero);
            engine.Apply(new QuoteInput(quote), facts);
            for (; next <= quote.At; next += BetweenOrders)
            {
                foreach (var account in accounts)
                {
                    var (side, lots) = (dice.Next(2) == 0 ? Side.Buy : Side.Sell, new Lots(dice.Next(1, 8)));
                    engine.Apply(new MarketOrder(next.Value, account, $"o{++orders}", "EURUSD", side, lots, null, null), facts);
                }
            }
        }

        return (engine.StateHash(), [.. facts.Select(fact => fact.ToString())], facts.Count(fact => fact is AccountFailed or AccountPaused));
    }

    private void AreTheSame((string Hash, IReadOnlyList<string> Facts, int Verdicts) expected, (string Hash, IReadOnlyList<string> Facts, int Verdicts) seen)
    {
        output.WriteLine($"{seen.Verdicts} verdicts, {seen.Facts.Count} facts, state {seen.Hash[..16]}");
        Assert.NotEqual(0, seen.Verdicts);
        Assert.Equal(expected.Verdicts, seen.Verdicts);
        Assert.Equal(expected.Facts, seen.Facts);
        Assert.Equal(expected.Hash, seen.Hash);
    }

    private void Print(QuoteFilter filter)
    {
        output.WriteLine($"accepted {filter.Accepted}");
        foreach (var (reason, count) in filter.Rejected.Where(one => one.Value > 0)) output.WriteLine($"{reason.Code()} {count}");
    }

    private static AccountTerms Terms { get; } = new(
        Currency.Usd, 100_000m, TradingDay.Default, new DailyLossRule(new Allowance(new Percent(1), null)), new OverallLossRule(new Allowance(new Percent(3), null)),
        null, 0, null, 30, null, 100, new Percent(50), 0, 1m, true, true);
}
