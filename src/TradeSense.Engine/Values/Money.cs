using System.Globalization;

namespace TradeSense.Engine.Values;

/// <summary>An exact amount in one currency.</summary>
/// <remarks>
/// | operation        | gives   | note                                             |
/// | Money + Money    | Money   | mixed currencies throw: that is a bug            |
/// | Money − Money    | Money   | the same                                         |
/// | −Money           | Money   |                                                  |
/// | Money × Percent  | –       | use <see cref="Share"/>, which names its rounding |
/// | Money ÷ n        | –       | use <see cref="Allocate"/>, so that no cent vanishes |
/// The constructor refuses more decimals than the currency has: USD 1.005 is a bug, not an amount.
/// </remarks>
public readonly record struct Money : IComparable<Money>
{
    public Money(decimal amount, Currency currency)
    {
        if (amount != decimal.Round(amount, currency.MinorDigits, MidpointRounding.ToZero))
            throw new ArgumentException($"{amount.ToString(CultureInfo.InvariantCulture)} has more decimals than {currency} has.", nameof(amount));

        Amount = amount;
        Currency = currency;
    }

    public decimal Amount { get; }
    public Currency Currency { get; }

    public bool IsZero => Amount == 0;

    public static Money Zero(Currency currency) => new(0m, currency);

    /// <summary>An exact figure brought to the currency's minor unit by the named rounding: (1.005, USD, ToZero) is USD 1.00.</summary>
    public static Money Rounded(decimal exact, Currency currency, MidpointRounding rounding) =>
        new(decimal.Round(exact, currency.MinorDigits, rounding), currency);

    /// <summary>The percent share: USD 1,234.56 × 80 % ToZero is USD 987.64 (987.648 cut).</summary>
    public Money Share(Percent percent, MidpointRounding rounding) => Rounded(Amount * percent.AsFraction, Currency, rounding);

    /// <summary>Parts that add up to the whole: USD 10.00 in 3 is 3.34, 3.33, 3.33.</summary>
    public Money[] Allocate(int parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        var currency = Currency;
        var unit = UnitOf(currency);
        var units = (long)(Amount / unit);
        var (each, left) = (units / parts, units % parts);
        return [.. Enumerable.Range(0, parts).Select(i => new Money((each + (i < Math.Abs(left) ? Math.Sign(left) : 0)) * unit, currency))];
    }

    public int CompareTo(Money other) => Amount.CompareTo(Same(other).Amount);

    public static Money operator +(Money left, Money right) => new(left.Amount + left.Same(right).Amount, left.Currency);
    public static Money operator -(Money left, Money right) => new(left.Amount - left.Same(right).Amount, left.Currency);
    public static Money operator -(Money value) => new(-value.Amount, value.Currency);
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"{Amount.ToString(CultureInfo.InvariantCulture)} {Currency}";

    private Money Same(Money other) => other.Currency == Currency
        ? other
        : throw new InvalidOperationException($"{Currency} and {other.Currency} do not add.");

    private static decimal UnitOf(Currency currency) => currency.MinorDigits switch { 0 => 1m, 2 => 0.01m, 3 => 0.001m, _ => throw new NotSupportedException() };
}
