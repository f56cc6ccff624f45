using TradeSense.Engine.Values;

namespace TradeSense.Engine.Book;

/// <summary>How one instrument is counted in 64-bit integers: prices in points, quantities in lot steps.</summary>
/// <remarks>
/// A point here is one tenth of the instrument's last digit, so that a feed's extra digit and half of an odd mark-up stay exact.
/// EURUSD: 1.10005 is 1,100,050 points, 0.30 lots are 30 steps, and one point × one step is 100,000 × 0.000001 × 0.01 = 0.001 USD.
/// </remarks>
internal sealed class Scale
{
    private readonly decimal _pointsPerUnit;
    private readonly decimal _lotStep;

    public Scale(Instrument instrument)
    {
        _pointsPerUnit = PowerOfTen(instrument.QuoteDigits);
        _lotStep = instrument.LotStep.Value;
        MoneyPerPointAndStep = instrument.ContractSize * _lotStep / _pointsPerUnit;
        PointsPerDigit = 10;
    }

    /// <summary>What one point on one lot step is worth in the quote currency.</summary>
    public decimal MoneyPerPointAndStep { get; }

    public long PointsPerDigit { get; }

    /// <summary>A price that lies between two points is a bug of whoever let it in, never a rounding here.</summary>
    public long PointsOf(Price price)
    {
        var exact = price.Value * _pointsPerUnit;
        var points = (long)exact;
        return points == exact ? points : throw new ArgumentException($"{price} is finer than the engine counts.", nameof(price));
    }

    /// <summary>What steps opened at a price cost: exact, though a mean of several fills may lie between two points.</summary>
    public long CostOf(Price price, long steps) => (long)decimal.Round(price.Value * _pointsPerUnit * steps, MidpointRounding.AwayFromZero);

    /// <summary>The mean price of steps that cost this much.</summary>
    public Price MeanOf(long costInPointSteps, long steps) =>
        costInPointSteps % steps == 0 ? PriceOf(costInPointSteps / steps) : new(costInPointSteps / (steps * _pointsPerUnit));

    public Price PriceOf(long points) => new(points / _pointsPerUnit);

    public long StepsOf(Lots lots) => (long)(lots.Value / _lotStep);

    public Lots LotsOf(long steps) => new(steps * _lotStep);

    private static decimal PowerOfTen(int digits)
    {
        var power = 1m;
        for (; digits > 0; digits--) power *= 10m;
        return power;
    }
}
