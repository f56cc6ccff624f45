using System.Globalization;

namespace TradeSense.Engine.Values;

/// <summary>A trade's size in lots of its instrument, always positive: 0.01 lot of EURUSD is 1,000 EUR.</summary>
public readonly record struct Lots(decimal Value) : IComparable<Lots>
{
    /// <summary>Reads what a person or a program typed: a plain decimal in the instrument's step and limits, nothing else.</summary>
    /// <remarks>Signs, exponents, commas, NaN and endless digits are refused: <c>invalid_quantity</c>.</remarks>
    public static bool TryParse(string? text, Instrument instrument, out Lots lots)
    {
        lots = PlainDecimal.TryParse(text, out var value) ? new Lots(value) : default;
        return instrument.Accepts(lots);
    }

    public int CompareTo(Lots other) => Value.CompareTo(other.Value);

    public static Lots operator +(Lots left, Lots right) => new(left.Value + right.Value);
    public static Lots operator -(Lots left, Lots right) => new(left.Value - right.Value);
    public static bool operator <(Lots left, Lots right) => left.Value < right.Value;
    public static bool operator >(Lots left, Lots right) => left.Value > right.Value;
    public static bool operator <=(Lots left, Lots right) => left.Value <= right.Value;
    public static bool operator >=(Lots left, Lots right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
