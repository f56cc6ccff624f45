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
            ["unknown_instrument", "not_positive", "crossed", "too_fine", "out_of_order", "stale", "spike"],
            Enum.GetValues<QuoteRejection>().Select(reason => reason.Code()));

    private QuoteRejection? Offer(in Quote quote) => _filter.Offer(quote, quote.At, _accepted);
}
