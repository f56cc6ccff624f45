namespace TradeSense.Modules.Trading.Quotes.Bars;

/// <summary>First, highest, lowest and last price of a stretch of time.</summary>
public readonly record struct Ohlc(decimal Open, decimal High, decimal Low, decimal Close)
{
    public static Ohlc Of(decimal price) => new(price, price, price, price);

    /// <summary>This stretch and the one after it as one.</summary>
    public Ohlc Then(in Ohlc later) => new(Open, Math.Max(High, later.High), Math.Min(Low, later.Low), later.Close);
}

/// <summary>The prices of one symbol in one period. There is no bar for a period without a quote.</summary>
public readonly record struct Bar(string Symbol, BarPeriod Period, DateTimeOffset OpensAt, Ohlc Bid, Ohlc Ask, int Quotes)
{
    public DateTimeOffset EndsAt => OpensAt + Period.Length();

    internal Bar Then(in Bar later) => this with { Bid = Bid.Then(later.Bid), Ask = Ask.Then(later.Ask), Quotes = Quotes + later.Quotes };
}
