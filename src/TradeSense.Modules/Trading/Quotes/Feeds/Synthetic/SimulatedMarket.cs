namespace TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;

/// <summary>The synthetic market of one seed: what every symbol is worth at any instant of the news calendar's years. Immutable; ask through <see cref="Walk"/>.</summary>
internal sealed class SimulatedMarket
{
    private static readonly (string Name, Region Region)[] Factors =
    [
        ("EUR", Region.Europe), ("GBP", Region.Europe), ("CHF", Region.Europe), ("USD", Region.Europe),
        ("JPY", Region.Asia), ("AUD", Region.Asia), ("NZD", Region.Asia), ("CAD", Region.America),
        ("GOLD", Region.Metals), ("STOCKS", Region.Stocks), ("INDUSTRIALS", Region.Stocks), ("TECHNOLOGY", Region.Stocks),
        ("COINS", Region.Coins), ("ETHER", Region.Coins),
    ];

    public SimulatedMarket(int seed)
    {
        Seed = seed;
        Calendar = new NewsCalendar(seed);
        Clock = new SimulatedClock(seed, Calendar);
        FactorDays = [.. Factors.Select(factor => Clock.DaysOf(seed, factor.Name, factor.Region))];
    }

    public int Seed { get; }
    public NewsCalendar Calendar { get; }
    public SimulatedClock Clock { get; }
    public IReadOnlyList<FactorDays> FactorDays { get; }

    public static int IndexOf(string factor) => Array.FindIndex(Factors, candidate => candidate.Name == factor);

    /// <summary>A cursor for one thread. It is fast when time moves on and right wherever it is put.</summary>
    public SimulatedWalk Walk() => new(this);
}
