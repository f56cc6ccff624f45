namespace TradeSense.Engine.Values;

/// <summary>The trading terms of one symbol. Sessions are in <see cref="Session"/>; money per lot is in the named currency.</summary>
/// <param name="Symbol">EURUSD, XAUUSD, US500 …</param>
/// <param name="Base">What one lot is a quantity of: a currency, XAU, or the index itself.</param>
/// <param name="QuoteCurrency">The currency of its prices and profits.</param>
/// <param name="ContractSize">Units of the base in one lot: 100,000 for currencies, 100 oz of gold, 1 for an index.</param>
/// <param name="Digits">Digits after the point of a price: 5, 3 for yen pairs, 2 for gold.</param>
/// <param name="PipDigits">The digit a pip is counted in: 4, 2 for yen pairs, 1 for gold, 0 for indices and coins.</param>
/// <param name="CommissionPerLot">Per lot and side, in the account's currency.</param>
/// <param name="SwapLong">Points a long gains (+) or pays (−) per lot and night.</param>
public sealed record Instrument(
    string Symbol,
    string Base,
    Currency QuoteCurrency,
    decimal ContractSize,
    int Digits,
    int PipDigits,
    Lots MinimumLots,
    Lots LotStep,
    Lots MaximumLots,
    decimal CommissionPerLot,
    decimal SwapLong,
    decimal SwapShort,
    Session Session)
{
    /// <summary>Above any price there is, and small enough that points × lot steps never overflow 64 bits.</summary>
    private const decimal HighestPrice = 10_000_000m;

    /// <summary>Whether a size may be ordered: within the limits, in whole steps.</summary>
    public bool Accepts(Lots lots) => lots >= MinimumLots && lots <= MaximumLots && lots.Value % LotStep.Value == 0;

    /// <summary>0.0001 for EURUSD, 0.1 for gold, 1 for indices and coins.</summary>
    public decimal PipSize
    {
        get
        {
            var pip = 1m;
            for (var i = 0; i < PipDigits; i++) pip /= 10m;
            return pip;
        }
    }

    /// <summary>A feed may quote one digit more than orders may name: gold at 1284.065.</summary>
    public int QuoteDigits => Digits + 1;

    /// <summary>Whether a quote can be taken: positive, not crossed, in digits that the engine counts in.</summary>
    public bool Accepts(Quote quote) =>
        quote.Symbol == Symbol && quote.Bid.Value > 0 && quote.Ask >= quote.Bid && quote.Ask.Value < HighestPrice
        && IsIn(QuoteDigits, quote.Bid.Value) && IsIn(QuoteDigits, quote.Ask.Value);

    /// <summary>Whether a price can stand here: positive and in the instrument's digits.</summary>
    public bool Accepts(Price price) => price.Value > 0 && price.Value < HighestPrice && IsIn(Digits, price.Value);

    private static bool IsIn(int digits, decimal value) => value == decimal.Round(value, digits, MidpointRounding.ToZero);
}

/// <summary>When an instrument trades. Weekly hours are in New York time, which is where the FX day turns.</summary>
public enum Session
{
    /// <summary>Sunday 17:00 to Friday 17:00 New York, without a break.</summary>
    Currencies,

    /// <summary>Sunday 18:00 to Friday 17:00 New York, with a break from 17:00 to 18:00 each day.</summary>
    Metals,

    /// <summary>As metals: index futures hours.</summary>
    Indices,

    /// <summary>Always.</summary>
    Always,
}
