using System.Globalization;

namespace TradeSense.Engine.Values;

/// <summary>A percentage as people write it: <c>new Percent(5)</c> is 5 %, its fraction 0.05.</summary>
public readonly record struct Percent(decimal Value) : IComparable<Percent>
{
    public decimal AsFraction => Value / 100m;

    /// <summary>This percent of an amount, exact: 5 % of 100,000 is 5,000.</summary>
    public decimal Of(decimal amount) => amount * Value / 100m;

    public int CompareTo(Percent other) => Value.CompareTo(other.Value);

    public static bool operator <(Percent left, Percent right) => left.Value < right.Value;
    public static bool operator >(Percent left, Percent right) => left.Value > right.Value;
    public static bool operator <=(Percent left, Percent right) => left.Value <= right.Value;
    public static bool operator >=(Percent left, Percent right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture) + " %";
}
