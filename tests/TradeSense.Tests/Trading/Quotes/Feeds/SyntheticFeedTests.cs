using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Modules.Trading.Quotes.Feeds;
using TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Trading.Quotes.Feeds;

public class SyntheticFeedTests
{
    private static readonly DateTimeOffset Wednesday = new(2026, 3, 11, 0, 0, 0, TimeSpan.Zero);
    private static readonly SimulatedMarket Market = new(7);

    [Fact]
    public async Task The_same_seed_makes_the_same_quotes_and_another_seed_others()
    {
        var first = await Read(new SimulatedMarket(7), Wednesday, TimeSpan.FromMinutes(5));
        var again = await Read(new SimulatedMarket(7), Wednesday, TimeSpan.FromMinutes(5));
        var other = await Read(new SimulatedMarket(8), Wednesday, TimeSpan.FromMinutes(5));

        Assert.Equal(first, again);
        Assert.NotEqual(first[0].Bid, other.First(quote => quote.Symbol == first[0].Symbol).Bid);
    }

    [Fact]
    public async Task A_later_start_joins_the_same_market()
    {
        var whole = await Read(Market, Wednesday, TimeSpan.FromMinutes(5));
        var later = await Read(Market, Wednesday.AddMinutes(2), TimeSpan.FromMinutes(3));

        Assert.Equal(whole.Where(quote => quote.At >= Wednesday.AddMinutes(2)), later);
    }

    [Fact]
    public async Task Every_instrument_quotes_in_its_digits_and_never_crossed()
    {
        var quotes = await Read(Market, Wednesday.AddHours(12), TimeSpan.FromHours(1));

        foreach (var instrument in InstrumentCatalog.All)
        {
            var own = quotes.Where(quote => quote.Symbol == instrument.Symbol).ToArray();
            Assert.InRange(own.Length / 3600m, 1m, 6m);
            Assert.DoesNotContain(own, quote => quote.Bid.Value <= 0 || quote.Ask <= quote.Bid);
            Assert.DoesNotContain(own, quote => quote.Bid.Value.Scale != instrument.Digits || quote.Ask.Value.Scale != instrument.Digits);
        }

        Assert.True(quotes.Zip(quotes.Skip(1)).All(pair => pair.First.At <= pair.Second.At));
    }

    [Fact]
    public async Task Markets_are_quoted_when_they_are_open_and_only_then()
    {
        var friday = new DateTimeOffset(2026, 3, 6, 21, 55, 0, TimeSpan.Zero);
        var quotes = await Read(Market, friday, TimeSpan.FromHours(49));

        var instruments = InstrumentCatalog.All.ToDictionary(instrument => instrument.Symbol);
        Assert.DoesNotContain(quotes, quote => !MarketHours.IsOpen(instruments[quote.Symbol].Session, quote.At));

        // On Sunday 2026-03-08 New York puts its clocks forward: currencies open at 21:00 UTC, gold at 22:00.
        Assert.Equal(new DateTimeOffset(2026, 3, 8, 21, 0, 0, TimeSpan.Zero), Floor(quotes.First(quote => quote.Symbol == "EURUSD" && quote.At.Day == 8).At));
        Assert.Equal(new DateTimeOffset(2026, 3, 8, 22, 0, 0, TimeSpan.Zero), Floor(quotes.First(quote => quote.Symbol == "XAUUSD" && quote.At.Day == 8).At));
        Assert.Contains(quotes, quote => quote.Symbol == "BTCUSD" && quote.At.DayOfWeek == DayOfWeek.Saturday);

        static DateTimeOffset Floor(DateTimeOffset at) => BarPeriod.M1.OpenOf(at);
    }

    [Fact]
    public void The_week_opens_with_a_gap()
    {
        var walk = Market.Walk();
        var gaps = Enumerable.Range(0, 50)
            .Select(week => MarketHours.NextOpen(Session.Currencies, new DateTimeOffset(2025, 1, 4, 12, 0, 0, TimeSpan.Zero).AddDays(7 * week)))
            .Select(opens => Math.Abs((walk.Mid(0, opens.AddSeconds(1).UtcTicks) / walk.Mid(0, opens.AddDays(-1).UtcTicks)) - 1))
            .ToArray();

        // The recorded weekend of May 2014 had 8 hundredths of a percent.
        Assert.InRange(gaps.Average(), 0.0003, 0.003);
    }

    [Theory]
    [InlineData("EURUSD")]
    [InlineData("XAUUSD")]
    [InlineData("NAS100")]
    public void Spreads_widen_before_and_at_a_release_and_calm_down_after_it(string symbol)
    {
        var release = Market.Calendar.Between(Wednesday, Wednesday.AddDays(60)).First(news => news.Title == "Non-farm payrolls").At;

        var calm = Spread(symbol, release.AddHours(-1));
        Assert.InRange(Spread(symbol, release.AddSeconds(-60)) / calm, 1.8m, 4m);
        Assert.InRange(Spread(symbol, release.AddSeconds(1)) / calm, 8m, 20m);
        Assert.InRange(Spread(symbol, release.AddSeconds(60)) / calm, 2m, 5m);
        Assert.InRange(Spread(symbol, release.AddHours(1)) / calm, 0.7m, 1.5m);
    }

    [Fact]
    public void Spreads_widen_at_the_turn_of_the_day_before_the_weekend_and_at_the_weeks_opening()
    {
        var calm = Spread("EURUSD", new DateTimeOffset(2026, 3, 10, 15, 0, 0, TimeSpan.Zero));

        Assert.InRange(Spread("EURUSD", new DateTimeOffset(2026, 3, 10, 21, 3, 0, TimeSpan.Zero)) / calm, 1.8m, 4m);
        Assert.InRange(Spread("EURUSD", new DateTimeOffset(2026, 3, 13, 20, 58, 0, TimeSpan.Zero)) / calm, 4m, 12m);
        Assert.InRange(Spread("EURUSD", new DateTimeOffset(2026, 3, 8, 21, 2, 0, TimeSpan.Zero)) / calm, 3m, 10m);
    }

    [Fact]
    public async Task No_open_market_is_flat_for_ten_minutes()
    {
        // From New York's afternoon through the quietest hours to London's opening, at half the usual rate.
        var (start, length) = (new DateTimeOffset(2026, 3, 9, 20, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(12));
        var bids = new Dictionary<(string Symbol, DateTimeOffset Minutes), HashSet<decimal>>();
        await foreach (var (quote, _, _) in new SyntheticFeed(Market, new QuotesOptions { Speed = 0, StartAt = start, QuotesPerSecond = 1 }, TimeProvider.System).Read(CancellationToken.None))
        {
            if (quote.At >= start + length) break;
            var window = (quote.Symbol, new DateTimeOffset(quote.At.UtcTicks - (quote.At.UtcTicks % TimeSpan.FromMinutes(10).Ticks), TimeSpan.Zero));
            if (!bids.TryGetValue(window, out var seen)) bids[window] = seen = [];
            seen.Add(quote.Bid.Value);
        }

        Assert.Equal((11 * 72) + (4 * 66), bids.Count);
        Assert.All(bids, window => Assert.True(window.Value.Count > 5, $"{window.Key}"));
    }

    [Fact]
    public void No_price_strays_to_an_absurd_level_in_twenty_years()
    {
        var walk = Market.Walk();
        for (var at = new DateTimeOffset(2015, 1, 7, 12, 0, 0, TimeSpan.Zero); at.Year < 2035; at = at.AddDays(14))
        {
            for (var i = 0; i < SimulatedInstruments.All.Count; i++)
            {
                var coin = SimulatedInstruments.All[i].Symbol is "BTCUSD" or "ETHUSD";
                Assert.InRange(walk.Mid(i, at.UtcTicks) / SimulatedInstruments.All[i].Level, coin ? 0.2 : 0.6, coin ? 5 : 1.6);
            }
        }
    }

    [Fact]
    public void A_day_moves_about_as_much_as_the_instrument_should()
    {
        var (walk, count) = (Market.Walk(), SimulatedInstruments.All.Count);
        var (last, squares, days) = (new double[count], new double[count], 0);
        for (var at = new DateTimeOffset(2024, 1, 1, 12, 0, 0, TimeSpan.Zero); at.Year < 2026; at = at.AddDays(1))
        {
            if (at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) continue;
            for (var i = 0; i < count; i++)
            {
                var now = Math.Log(walk.Mid(i, at.UtcTicks));
                if (days > 0) squares[i] += (now - last[i]) * (now - last[i]);
                last[i] = now;
            }

            days++;
        }

        for (var i = 0; i < count; i++)
        {
            var expected = Math.Sqrt(SimulatedInstruments.All[i].Loads.Sum(load => load.Percent * load.Percent)) / 100;
            Assert.InRange(Math.Sqrt(squares[i] / (days - 1)) / expected, 0.75, 1.3);
        }
    }

    [Fact]
    public void Nights_are_quieter_than_the_afternoon_of_london()
    {
        double Range(int hour) => Enumerable.Range(0, 40)
            .Select(day => new DateTimeOffset(2026, 1, 5, hour, 0, 0, TimeSpan.Zero).AddDays(day))
            .Where(at => at.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .Average(at => Math.Abs(Math.Log(Market.Walk().Mid(0, at.AddHours(1).UtcTicks) / Market.Walk().Mid(0, at.UtcTicks))));

        Assert.True(Range(13) > 1.5 * Range(4));
    }

    [Fact]
    public void A_cross_is_the_product_of_its_legs()
    {
        var walk = Market.Walk();
        int Index(string symbol) => SimulatedInstruments.All.Select((instrument, i) => (instrument, i)).First(pair => pair.instrument.Symbol == symbol).i;

        for (var hour = 0; hour < 100; hour++)
        {
            var at = Wednesday.AddHours(hour).UtcTicks;
            Assert.Equal(walk.Mid(Index("EURUSD"), at) * walk.Mid(Index("USDJPY"), at), walk.Mid(Index("EURJPY"), at), 1e-6);
            Assert.Equal(walk.Mid(Index("GBPUSD"), at) * walk.Mid(Index("USDJPY"), at), walk.Mid(Index("GBPJPY"), at), 1e-6);
        }
    }

    [Fact]
    public async Task History_leads_to_the_live_market_without_a_jump()
    {
        var start = Wednesday.AddHours(14).AddSeconds(7);
        var symbols = InstrumentCatalog.All.ToDictionary(instrument => instrument.Symbol, _ => (decimal?)null);
        var history = new SimulatedHistory(Market).Samples(symbols, start.AddHours(-1), start, _ => TimeSpan.FromSeconds(10)).ToArray();
        var live = await Read(Market, start, TimeSpan.FromSeconds(20));

        foreach (var symbol in symbols.Keys)
        {
            var (last, first) = (history.Last(quote => quote.Symbol == symbol), live.First(quote => quote.Symbol == symbol));
            Assert.InRange(first.Bid.Value / last.Bid.Value, 0.999m, 1.001m);
        }
    }

    [Fact]
    public void History_can_lead_to_any_price()
    {
        var target = new Dictionary<string, decimal?> { ["EURUSD"] = 1.38694m };

        var last = new SimulatedHistory(Market).Samples(target, Wednesday.AddHours(-1), Wednesday, _ => TimeSpan.FromSeconds(1)).Last();

        Assert.InRange(last.Bid.Value, 1.3865m, 1.3875m);
    }

    [Fact]
    public async Task A_clock_set_far_forward_leaves_out_what_was_missed()
    {
        var clock = new FakeClock(Wednesday);
        await using var quotes = new SyntheticFeed(Market, new QuotesOptions(), clock).Read(CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
        var next = quotes.MoveNextAsync().AsTask();
        while (!next.IsCompleted) clock.Advance(TimeSpan.FromMilliseconds(10));

        clock.Advance(TimeSpan.FromDays(2));
        var seen = 0;
        while (await Next() < Wednesday.AddDays(2)) Assert.True(++seen < 300, "The missed days are played after all.");

        async Task<DateTimeOffset> Next()
        {
            next = quotes.MoveNextAsync().AsTask();
            while (!next.IsCompleted) clock.Advance(TimeSpan.FromMilliseconds(10));
            await next;
            return quotes.Current.Quote.At;
        }
    }

    [Fact]
    public async Task A_live_market_does_not_wait_for_its_reader()
    {
        var clock = new FakeClock(Wednesday);
        var feed = new SyntheticFeed(Market, new QuotesOptions(), clock);
        clock.Advance(TimeSpan.FromSeconds(20));

        await using var quotes = feed.Read(CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
        var next = quotes.MoveNextAsync().AsTask();
        while (!next.IsCompleted) clock.Advance(TimeSpan.FromMilliseconds(10));
        await next;

        Assert.InRange(quotes.Current.Quote.At, Wednesday.AddSeconds(20), clock.GetUtcNow());
    }

    private static decimal Spread(string symbol, DateTimeOffset at)
    {
        var walk = Market.Walk();
        var index = Enumerable.Range(0, SimulatedInstruments.All.Count).First(i => SimulatedInstruments.All[i].Symbol == symbol);
        return Enumerable.Range(0, 20).Average(i => walk.Quote(index, at.AddMilliseconds(i * 50).UtcTicks) is var quote ? quote.Ask.Value - quote.Bid.Value : 0);
    }

    private static async Task<List<Quote>> Read(SimulatedMarket market, DateTimeOffset start, TimeSpan length)
    {
        var quotes = new List<Quote>();
        await foreach (var (quote, _, _) in new SyntheticFeed(market, new QuotesOptions { Speed = 0, StartAt = start }, TimeProvider.System).Read(CancellationToken.None))
        {
            if (quote.At >= start + length) break;
            quotes.Add(quote);
        }

        return quotes;
    }
}
