using System.Globalization;

namespace TradeSense.Engine.Values;

/// <summary>A price in an instrument's quote currency, in the instrument's digits.</summary>
public readonly record struct Price(decimal Value) : IComparable<Price>
{
    /// <summary>Reads what a person or a program typed: a plain positive decimal in the instrument's digits, nothing else.</summary>
    /// <remarks>Signs, exponents, commas, NaN and endless digits are refused: <c>invalid_price</c>.</remarks>
    public static bool TryParse(string? text, Instrument instrument, out Price price)
    {
        price = PlainDecimal.TryParse(text, out var value) ? new Price(value) : default;
        return instrument.Accepts(price);
    }

    public int CompareTo(Price other) => Value.CompareTo(other.Value);

    public static bool operator <(Price left, Price right) => left.Value < right.Value;
    public static bool operator >(Price left, Price right) => left.Value > right.Value;
    public static bool operator <=(Price left, Price right) => left.Value <= right.Value;
    public static bool operator >=(Price left, Price right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
