namespace TradeSense.Engine.Book;

/// <summary>The prices between which nothing can happen to an account because of this symbol. Both ends belong to the band.</summary>
internal readonly record struct QuietBand(long BidLowInPoints, long BidHighInPoints, long AskLowInPoints, long AskHighInPoints)
{
    /// <summary>Far beyond any price, and far enough from the ends of 64 bits to add and subtract.</summary>
    private const long Far = long.MaxValue / 4;

    public static QuietBand Everything { get; } = new(-Far, Far, -Far, Far);

    public QuietBand And(QuietBand other) => new(
        Math.Max(BidLowInPoints, other.BidLowInPoints),
        Math.Min(BidHighInPoints, other.BidHighInPoints),
        Math.Max(AskLowInPoints, other.AskLowInPoints),
        Math.Min(AskHighInPoints, other.AskHighInPoints));

    /// <summary>How many whole points a price may move while the money it moves stays within the slack.</summary>
    public static long PointsWithin(decimal slack, decimal moneyPerPoint)
    {
        if (slack <= 0) return 0;
        return slack >= moneyPerPoint * Far ? Far : (long)(slack / moneyPerPoint);
    }
}
