using System.Globalization;

namespace TradeSense.Engine.Values;

/// <summary>A trade's size in lots of its instrument, always positive: 0.01 lot of EURUSD is 1,000 EUR.</summary>
public readonly record struct Lots(decimal Value) : IComparable<Lots>
{
    public int CompareTo(Lots other) => Value.CompareTo(other.Value);

    public static Lots operator +(Lots left, Lots right) => new(left.Value + right.Value);
    public static Lots operator -(Lots left, Lots right) => new(left.Value - right.Value);
    public static bool operator <(Lots left, Lots right) => left.Value < right.Value;
    public static bool operator >(Lots left, Lots right) => left.Value > right.Value;
    public static bool operator <=(Lots left, Lots right) => left.Value <= right.Value;
    public static bool operator >=(Lots left, Lots right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
