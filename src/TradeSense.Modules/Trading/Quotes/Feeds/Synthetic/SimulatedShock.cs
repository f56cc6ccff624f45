namespace TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;

/// <summary>What one release does to the market around it: a jump within a second or two, lively minutes after it, wide spreads before and after.</summary>
internal readonly struct SimulatedShock
{
    // Measured on EURUSD at the payrolls of 2014-05-02 (12:30:01.5): seconds from the release and times the calm spread.
    private static readonly (double Second, double Factor)[] Widening =
        [(-150, 1), (-90, 2), (-60, 2.7), (-20, 7), (-5, 11.5), (0, 14), (3, 14), (10, 7), (30, 4), (60, 3), (300, 1.9), (900, 1.2), (1800, 1)];

    private const double TailMinutes = 60;

    private readonly double _minute;
    private readonly double _strength;

    public SimulatedShock(NewsEvent news)
    {
        Currency = news.Currency;
        _minute = SimulatedClock.Split(news.At.UtcTicks).Minute;
        _strength = news.Impact switch
        {
            NewsImpact.High => 0.90,
            NewsImpact.Medium => 0.18,
            NewsImpact.Low => 0.03,
            _ => throw new ArgumentOutOfRangeException(nameof(news)),
        };
    }

    public string Currency { get; }

    /// <summary>Days of movement the release adds to a factor in the end.</summary>
    public double Total(string factor) => _strength * Share(factor);

    /// <summary>Days of movement the release has added up to a minute of its day: half at once, a fifth within seconds, the rest over an hour.</summary>
    public double Moves(string factor, double minute)
    {
        var since = minute - _minute - (1.5 / 60);
        if (since < 0) return 0;
        if (since >= TailMinutes || _minute + TailMinutes >= SimulatedDay.Minutes) return Total(factor);

        var fade = Math.Exp(-TailMinutes / 12);
        var tail = (1 - Math.Exp(-since / 12)) / (1 - fade);
        return Total(factor) * (0.5 + (0.2 * (1 - Math.Exp(-since * 20))) + (0.3 * tail));
    }

    /// <summary>How many times the calm spread of an instrument of the release's currency.</summary>
    public double SpreadFactor(double minute)
    {
        var second = (minute - _minute) * 60;
        if (second <= Widening[0].Second || second >= Widening[^1].Second) return 1;

        var next = 1;
        while (Widening[next].Second < second) next++;
        var (left, right) = (Widening[next - 1], Widening[next]);
        var factor = left.Factor + ((right.Factor - left.Factor) * (second - left.Second) / (right.Second - left.Second));
        return 1 + ((factor - 1) * Math.Min(1, _strength / 0.90));
    }

    /// <summary>Quotes come thick for a minute or two.</summary>
    public bool IsBurst(double minute) => _strength >= 0.18 && minute - _minute is > -0.05 and < 1.5;

    /// <summary>How far a currency's release reaches: its own factor in full, dollar news into gold, stocks and coins in part.</summary>
    private double Share(string factor) => factor == Currency ? 1 : Currency != "USD" ? 0 : factor switch
    {
        "GOLD" => 0.6,
        "STOCKS" => 0.5,
        "COINS" => 0.1,
        _ => 0,
    };
}
