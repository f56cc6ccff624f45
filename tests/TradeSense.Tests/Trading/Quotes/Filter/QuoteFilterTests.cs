using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Modules.Trading.Quotes.Feeds;
using TradeSense.Modules.Trading.Quotes.Filter;
using static TradeSense.Tests.Trading.Quotes.Recordings;

namespace TradeSense.Tests.Trading.Quotes.Filter;

public class QuoteFilterTests
{
    private readonly QuoteFilter _filter = new(["EURUSD", "NZDUSD", "XAUUSD"], new QuotesOptions { JumpLimit = 0.002m, Confirmations = 2 });
    private readonly List<Quote> _accepted = [];

    [Fact]
    public void A_quote_of_an_unknown_symbol_is_refused() =>
        Assert.Equal(QuoteRejection.UnknownInstrument, Offer(Quote("2026-03-02T12:00:00Z", "XYZUSD", 1.1m, 1.2m)));

    [Theory]
    [InlineData("0")]
    [InlineData("-1.1")]
    public void A_quote_without_a_positive_bid_is_refused(string bid) =>
        Assert.Equal(QuoteRejection.NotPositive, Offer(Quote("2026-03-02T12:00:00Z", "EURUSD", decimal.Parse(bid, System.Globalization.CultureInfo.InvariantCulture), 1.2m)));

    [Fact]
    public void A_crossed_quote_is_refused_and_a_locked_one_is_not()
    {
        Assert.Equal(QuoteRejection.Crossed, Offer(Quote("2026-03-02T12:00:00Z", "EURUSD", 1.10001m, 1.10000m)));
        Assert.Null(Offer(Quote("2026-03-02T12:00:00Z", "EURUSD", 1.10000m, 1.10000m)));
    }

    [Fact]
    public void A_quote_older_than_the_symbols_last_is_refused_and_one_of_the_same_instant_is_not()
    {
        Offer(Quote("2026-03-02T12:00:01Z", "EURUSD", 1.1000m, 1.1001m));

        Assert.Equal(QuoteRejection.OutOfOrder, Offer(Quote("2026-03-02T12:00:00.999Z", "EURUSD", 1.1000m, 1.1001m)));
        Assert.Null(Offer(Quote("2026-03-02T12:00:01Z", "EURUSD", 1.1000m, 1.1002m)));
        Assert.Null(Offer(Quote("2026-03-02T12:00:00Z", "NZDUSD", 0.6000m, 0.6001m)));
    }

    [Fact]
    public void A_quote_that_was_long_under_way_is_refused()
    {
        var quote = Quote("2026-03-02T12:00:00Z", "EURUSD", 1.1m, 1.1001m);

        Assert.Equal(QuoteRejection.Stale, _filter.Offer(quote, quote.At.AddSeconds(31), _accepted));
        Assert.Null(_filter.Offer(quote, quote.At.AddSeconds(30), _accepted));
    }

    [Fact]
    public void A_lone_spike_is_never_accepted()
    {
        Offer(Quote("2026-03-02T12:00:00Z", "EURUSD", 1.1000m, 1.1001m));
        Offer(Quote("2026-03-02T12:00:01Z", "EURUSD", 1.0500m, 1.0501m));
        Offer(Quote("2026-03-02T12:00:02Z", "EURUSD", 1.1002m, 1.1003m));

        Assert.Equal([1.1000m, 1.1002m], _accepted.Select(quote => quote.Bid.Value));
        Assert.Equal(1, _filter.Rejected[QuoteRejection.Spike]);
        Assert.Equal(0, _filter.Quarantined);
    }

    [Fact]
    public void A_step_that_the_following_quotes_confirm_is_accepted_whole_and_in_order()
    {
        Offer(Quote("2026-03-02T12:00:00Z", "EURUSD", 1.1000m, 1.1001m));
        Offer(Quote("2026-03-02T12:00:01Z", "EURUSD", 1.0900m, 1.0901m));
        Offer(Quote("2026-03-02T12:00:02Z", "EURUSD", 1.0899m, 1.0900m));
        Assert.Single(_accepted);

        Offer(Quote("2026-03-02T12:00:03Z", "EURUSD", 1.0898m, 1.0899m));

        Assert.Equal([1.1000m, 1.0900m, 1.0899m, 1.0898m], _accepted.Select(quote => quote.Bid.Value));
        Assert.Equal(0, _filter.Rejected[QuoteRejection.Spike]);
    }

    [Fact]
    public void Two_spikes_in_different_places_do_not_confirm_each_other()
    {
        Offer(Quote("2026-03-02T12:00:00Z", "EURUSD", 1.1000m, 1.1001m));
        Offer(Quote("2026-03-02T12:00:01Z", "EURUSD", 1.0500m, 1.0501m));
        Offer(Quote("2026-03-02T12:00:02Z", "EURUSD", 1.1500m, 1.1501m));
        Offer(Quote("2026-03-02T12:00:03Z", "EURUSD", 1.0500m, 1.0501m));

        Assert.Single(_accepted);
        Assert.Equal(2, _filter.Rejected[QuoteRejection.Spike]);
    }

    [Fact]
    public void A_quarantined_quote_still_holds_the_order_of_time()
    {
        Offer(Quote("2026-03-02T12:00:00Z", "EURUSD", 1.1000m, 1.1001m));
        Offer(Quote("2026-03-02T12:00:05Z", "EURUSD", 1.0500m, 1.0501m));

        Assert.Equal(QuoteRejection.OutOfOrder, Offer(Quote("2026-03-02T12:00:04Z", "EURUSD", 1.0500m, 1.0501m)));
    }

    [Fact]
    public void After_a_restart_the_first_quote_is_measured_against_the_last_of_the_earlier_run()
    {
        _filter.Restore(Quote("2026-03-02T12:00:00Z", "EURUSD", 1.1000m, 1.1001m));

        Offer(Quote("2026-03-02T12:00:05Z", "EURUSD", 1.0500m, 1.0501m));

        Assert.Empty(_accepted);
    }

    [Fact]
    public void The_same_quote_again_is_a_duplicate_and_other_prices_at_the_same_instant_are_not()
    {
        Offer(Quote("2026-03-02T12:00:00Z", "EURUSD", 1.1000m, 1.1001m));

        Assert.Equal(QuoteRejection.Duplicate, Offer(Quote("2026-03-02T12:00:00Z", "EURUSD", 1.1000m, 1.1001m)));
        Assert.Null(Offer(Quote("2026-03-02T12:00:01Z", "EURUSD", 1.1000m, 1.1001m)));
    }

    [Fact]
    public void The_sources_own_numbers_decide_about_order_where_it_gives_them()
    {
        var quote = Quote("2026-03-02T12:00:00Z", "EURUSD", 1.1000m, 1.1001m);
        Assert.Null(_filter.Offer(new FeedQuote(quote, 7), quote.At, _accepted));

        Assert.Equal(QuoteRejection.Duplicate, _filter.Offer(new FeedQuote(quote with { At = quote.At.AddSeconds(1) }, 7), quote.At.AddSeconds(1), _accepted));
        Assert.Equal(QuoteRejection.OutOfOrder, _filter.Offer(new FeedQuote(quote with { At = quote.At.AddSeconds(1) }, 6), quote.At.AddSeconds(1), _accepted));
        Assert.Null(_filter.Offer(new FeedQuote(quote, 8), quote.At, _accepted));
    }

    [Fact]
    public void A_quote_from_the_future_is_refused_beyond_what_clocks_differ()
    {
        var quote = Quote("2026-03-02T12:00:00Z", "EURUSD", 1.1m, 1.1001m);

        Assert.Equal(QuoteRejection.Future, _filter.Offer(quote, quote.At.AddSeconds(-3), _accepted));
        Assert.Null(_filter.Offer(quote, quote.At.AddSeconds(-1), _accepted));
    }

    [Fact]
    public void The_reference_feed_confirms_a_step_at_once()
    {
        Offer(Quote("2026-03-02T12:00:00Z", "EURUSD", 1.1000m, 1.1001m));
        Refer(Quote("2026-03-02T12:00:00.900Z", "EURUSD", 1.0901m, 1.0902m));

        Offer(Quote("2026-03-02T12:00:01Z", "EURUSD", 1.0900m, 1.0901m));

        Assert.Equal(2, _accepted.Count);
        Assert.Equal(0, _filter.Quarantined);
    }

    [Fact]
    public void A_reference_quote_that_comes_later_releases_what_waits()
    {
        Offer(Quote("2026-03-02T12:00:00Z", "EURUSD", 1.1000m, 1.1001m));
        Offer(Quote("2026-03-02T12:00:01Z", "EURUSD", 1.0900m, 1.0901m));
        Assert.Equal(1, _filter.Quarantined);

        Refer(Quote("2026-03-02T12:00:01.200Z", "EURUSD", 1.0901m, 1.0902m));

        Assert.Equal([1.1000m, 1.0900m], _accepted.Select(quote => quote.Bid.Value));
    }

    [Fact]
    public void While_the_reference_feed_stands_elsewhere_following_quotes_confirm_nothing()
    {
        Offer(Quote("2026-03-02T12:00:00Z", "EURUSD", 1.1000m, 1.1001m));
        for (var second = 1; second < 9; second++)
        {
            Refer(Quote($"2026-03-02T12:00:0{second}Z", "EURUSD", 1.1001m, 1.1002m));
            Offer(Quote($"2026-03-02T12:00:0{second}Z", "EURUSD", 1.0900m, 1.0901m));
        }

        Assert.Single(_accepted);
        Assert.Equal(8, _filter.Quarantined);
        Offer(Quote("2026-03-02T12:00:09Z", "EURUSD", 1.1001m, 1.1002m));
        Assert.Equal([1.1000m, 1.1001m], _accepted.Select(quote => quote.Bid.Value));
        Assert.Equal(8, _filter.Rejected[QuoteRejection.Spike]);
    }

    [Fact]
    public void A_reference_feed_that_has_fallen_silent_decides_nothing()
    {
        Refer(Quote("2026-03-02T12:00:00Z", "EURUSD", 1.1000m, 1.1001m));
        Offer(Quote("2026-03-02T12:00:00Z", "EURUSD", 1.1000m, 1.1001m));
        foreach (var second in (int[])[20, 21, 22]) Offer(Quote($"2026-03-02T12:00:{second}Z", "EURUSD", 1.0900m, 1.0901m));

        Assert.Equal(4, _accepted.Count);
    }

    [Fact]
    public void Nothing_trades_on_a_reference_quote_and_a_bad_one_has_no_say()
    {
        Offer(Quote("2026-03-02T12:00:00Z", "EURUSD", 1.1000m, 1.1001m));
        Offer(Quote("2026-03-02T12:00:01Z", "EURUSD", 1.0900m, 1.0901m));

        Refer(Quote("2026-03-02T12:00:01Z", "EURUSD", 1.0902m, 1.0900m));

        Assert.Equal(1, _filter.Quarantined);
        Assert.Equal([1.1000m], _accepted.Select(quote => quote.Bid.Value));
    }

    [Fact]
    public void A_spike_is_told_with_its_window_and_how_far_it_went()
    {
        Offer(Quote("2026-03-02T12:00:00Z", "EURUSD", 1.1000m, 1.1001m));
        Offer(Quote("2026-03-02T12:00:01Z", "EURUSD", 1.0500m, 1.0501m));
        Offer(Quote("2026-03-02T12:00:02Z", "EURUSD", 1.1002m, 1.1003m));

        Assert.True(_filter.Spikes.TryTake(out var spike));
        Assert.Equal(("EURUSD", 1, 1.0500m), (spike.Symbol, spike.Quotes, spike.Furthest.Bid.Value));
        Assert.Equal((1, 2), (spike.From.Second, spike.To.Second));
        Assert.False(_filter.Spikes.TryTake(out _));
    }

    [Fact]
    public void Refusals_are_counted_by_symbol_and_reason()
    {
        Offer(Quote("2026-03-02T12:00:00Z", "EURUSD", 1.2m, 1.1m));
        Offer(Quote("2026-03-02T12:00:00Z", "XAUUSD", 0m, 1.1m));
        Offer(Quote("2026-03-02T12:00:00Z", "XAUUSD", 1200m, 1200.5m));
        Offer(Quote("2026-03-02T12:00:00Z", "XYZUSD", 1m, 1m));

        Assert.Equal(1, _filter.Tallies["EURUSD"].Rejected(QuoteRejection.Crossed));
        Assert.Equal((1, 1), (_filter.Tallies["XAUUSD"].Rejected(QuoteRejection.NotPositive), _filter.Tallies["XAUUSD"].Accepted));
        Assert.Equal(1, _filter.Tallies[QuoteFilter.OtherSymbols].Rejected(QuoteRejection.UnknownInstrument));
    }

    [Fact]
    public void The_payrolls_day_loses_no_quote()
    {
        var order = new List<Quote>();
        foreach (var quote in QuoteFiles.Read(Ticks(Payrolls)))
        {
            order.Add(quote);
            Offer(quote);
        }

        Assert.Equal(356_021, order.Count);
        Assert.Equal(356_021, _filter.Accepted);
        foreach (var symbol in (string[])["EURUSD", "NZDUSD", "XAUUSD"])
            Assert.True(order.Where(quote => quote.Symbol == symbol).SequenceEqual(_accepted.Where(quote => quote.Symbol == symbol)), symbol);
    }

    [Fact]
    public void A_weekend_gap_is_confirmed_and_not_lost()
    {
        string[] days = ["05-02", "05-04", "05-05"];
        foreach (var quote in QuoteFiles.Read(Ticks([.. days.SelectMany(day => (string[])[$"EURUSD-2014-{day}", $"XAUUSD-2014-{day}"])]))) Offer(quote);

        Assert.All(_filter.Rejected, reason => Assert.Equal(0, reason.Value));
    }

    [Fact]
    public void A_venue_with_crossed_quotes_loses_exactly_those()
    {
        var crossed = 0;
        foreach (var quote in QuoteFiles.Read([Dirty]))
        {
            if (quote.Ask < quote.Bid) crossed++;
            Offer(quote);
        }

        Assert.InRange(crossed, 10_000, 15_000);
        Assert.Equal(crossed, _filter.Rejected[QuoteRejection.Crossed]);
        Assert.Equal(crossed, _filter.Rejected.Values.Sum());
        Assert.DoesNotContain(_accepted, quote => quote.Ask < quote.Bid);
    }

    [Fact]
    public void Every_reason_has_a_stable_code() =>
        Assert.Equal(
            ["unknown_instrument", "not_positive", "crossed", "too_fine", "future", "out_of_order", "duplicate", "stale", "spike"],
            Enum.GetValues<QuoteRejection>().Select(reason => reason.Code()));

    private void Refer(in Quote quote) => _filter.Offer(new FeedQuote(quote, IsReference: true), quote.At, _accepted);

    private QuoteRejection? Offer(in Quote quote) => _filter.Offer(quote, quote.At, _accepted);
}
