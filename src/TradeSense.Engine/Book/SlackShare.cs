namespace TradeSense.Engine.Book;

/// <summary>Splits the money an account may gain or lose unnoticed among everything that can move its equity.</summary>
/// <remarks>
/// Why nothing can be missed: with F a symbol's open profit and r its rate, F′r′ − Fr = (F′ − F)r′ + F(r′ − r). Each rate is held
/// within 1 % a pair, so r′ is at most 1.0204 r over two inverted pairs, and each part is given 1/1.05 of its share. The sum of all
/// parts then stays strictly inside the slack as long as every price stays inside its band. When one leaves, the account is decided exactly.
/// </remarks>
internal readonly struct SlackShare
{
    private const decimal Safety = 1.05m;
    private const decimal MostRateMove = 0.01m;

    private readonly decimal _down;
    private readonly decimal _up;

    public SlackShare(decimal slackDown, decimal? slackUp, int movers)
    {
        _down = slackDown / (movers * Safety);
        _up = slackUp is { } up ? up / (movers * Safety) : decimal.MaxValue / 1_000_000_000m;
    }

    /// <summary>For a symbol held: a long loses when the bid falls, a short when the ask rises.</summary>
    public QuietBand BandOf(SymbolBook book, int row, decimal rate)
    {
        var quiet = QuietBand.Everything;
        if (book.LongSteps(row) is > 0 and var longSteps)
        {
            var moneyPerPoint = longSteps * book.Scale.MoneyPerPointAndStep * rate;
            quiet = quiet with
            {
                BidLowInPoints = book.BidInPoints - QuietBand.PointsWithin(_down, moneyPerPoint),
                BidHighInPoints = book.BidInPoints + QuietBand.PointsWithin(_up, moneyPerPoint),
            };
        }

        if (book.ShortSteps(row) is > 0 and var shortSteps)
        {
            var moneyPerPoint = shortSteps * book.Scale.MoneyPerPointAndStep * rate;
            quiet = quiet with
            {
                AskLowInPoints = book.AskInPoints - QuietBand.PointsWithin(_up, moneyPerPoint),
                AskHighInPoints = book.AskInPoints + QuietBand.PointsWithin(_down, moneyPerPoint),
            };
        }

        return quiet;
    }

    /// <summary>For a pair converted by: bid and ask, and with them the mid, may move by the same small part of themselves.</summary>
    public QuietBand BandOfConversion(SymbolBook book, decimal exposure)
    {
        var slack = Math.Min(_down, _up);
        var part = exposure * MostRateMove <= slack ? MostRateMove : slack / exposure;
        var (bid, ask) = ((long)(book.BidInPoints * part), (long)(book.AskInPoints * part));
        return new QuietBand(book.BidInPoints - bid, book.BidInPoints + bid, book.AskInPoints - ask, book.AskInPoints + ask);
    }
}
