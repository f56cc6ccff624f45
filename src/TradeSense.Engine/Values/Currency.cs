namespace TradeSense.Engine.Values;

/// <summary>An ISO 4217 currency the product keeps money in, with its number of minor-unit digits (USD 2, JPY 0).</summary>
public readonly record struct Currency
{
    private static readonly Dictionary<string, int> MinorDigitsByCode = new(StringComparer.Ordinal)
    {
        ["USD"] = 2,
        ["EUR"] = 2,
        ["GBP"] = 2,
        ["CHF"] = 2,
        ["AUD"] = 2,
        ["NZD"] = 2,
        ["CAD"] = 2,
        ["JPY"] = 0,
        ["CZK"] = 2,
        ["PLN"] = 2,
        ["AED"] = 2,
        ["INR"] = 2,
        ["MAD"] = 2,
        ["SGD"] = 2,
        ["ZAR"] = 2,
    };

    private readonly string? _code;

    private Currency(string code) => _code = code;

    /// <summary>The three-letter code. The default value has none and throws, so a forgotten currency never books.</summary>
    public string Code => _code ?? throw new InvalidOperationException("A currency was never set.");

    /// <summary>Digits after the point of the smallest unit: 2 for cents, 0 for yen.</summary>
    public int MinorDigits => MinorDigitsByCode[Code];

    public static Currency Usd { get; } = new("USD");
    public static Currency Eur { get; } = new("EUR");
    public static Currency Gbp { get; } = new("GBP");

    /// <summary>The currency of a code in capitals; throws <see cref="ArgumentException"/> for an unknown one.</summary>
    public static Currency Of(string code) =>
        TryOf(code, out var currency) ? currency : throw new ArgumentException($"'{code}' is not a currency known here.", nameof(code));

    public static bool TryOf(string? code, out Currency currency)
    {
        currency = code is not null && MinorDigitsByCode.ContainsKey(code) ? new Currency(code) : default;
        return currency._code is not null;
    }

    public override string ToString() => _code ?? "(none)";
}
