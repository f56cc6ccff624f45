using System.Globalization;

namespace TradeSense.Engine.Values;

/// <summary>A price in an instrument's quote currency, in the instrument's digits.</summary>
public readonly record struct Price(decimal Value) : IComparable<Price>
{
    public int CompareTo(Price other) => Value.CompareTo(other.Value);

    public static bool operator <(Price left, Price right) => left.Value < right.Value;
    public static bool operator >(Price left, Price right) => left.Value > right.Value;
    public static bool operator <=(Price left, Price right) => left.Value <= right.Value;
    public static bool operator >=(Price left, Price right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
