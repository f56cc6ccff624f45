namespace TradeSense.Engine.Values;

/// <summary>A trading account's identity (UUIDv7 made by the shell; the engine never makes random values).</summary>
public readonly record struct AccountId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>A position's ticket number within its account: 1, 2, 3 … in the order of opening. Unique only together with the account.</summary>
public readonly record struct PositionNumber(int Value) : IComparable<PositionNumber>
{
    public int CompareTo(PositionNumber other) => Value.CompareTo(other.Value);
    public static bool operator <(PositionNumber left, PositionNumber right) => left.Value < right.Value;
    public static bool operator >(PositionNumber left, PositionNumber right) => left.Value > right.Value;
    public static bool operator <=(PositionNumber left, PositionNumber right) => left.Value <= right.Value;
    public static bool operator >=(PositionNumber left, PositionNumber right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A pending order's ticket number within its account: 1, 2, 3 … in the order of placing, counted apart from positions.</summary>
public readonly record struct OrderNumber(int Value) : IComparable<OrderNumber>
{
    public int CompareTo(OrderNumber other) => Value.CompareTo(other.Value);
    public static bool operator <(OrderNumber left, OrderNumber right) => left.Value < right.Value;
    public static bool operator >(OrderNumber left, OrderNumber right) => left.Value > right.Value;
    public static bool operator <=(OrderNumber left, OrderNumber right) => left.Value <= right.Value;
    public static bool operator >=(OrderNumber left, OrderNumber right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
