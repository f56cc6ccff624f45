using System.Globalization;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Challenges.Rules;

/// <summary>Writes amounts, shares and times of rules as the brand does. Whole amounts go without cents, so that sentences stay readable.</summary>
public sealed class Figures(CultureInfo culture, Currency currency)
{
    private static readonly Dictionary<string, string> Symbols = new(StringComparer.Ordinal)
    {
        ["USD"] = "$", ["EUR"] = "€", ["GBP"] = "£", ["JPY"] = "¥", ["INR"] = "₹", ["PLN"] = "zł", ["CZK"] = "Kč",
        ["AUD"] = "A$", ["NZD"] = "NZ$", ["CAD"] = "C$", ["SGD"] = "S$",
    };

    /// <summary>The currency's smallest unit: 0.01 for dollars, 1 for yen.</summary>
    public decimal Coin { get; } = currency.MinorDigits switch { 0 => 1m, 3 => 0.001m, _ => 0.01m };

    /// <summary>97,000 is $97,000 and 96,999.99 is $96,999.99; a floor that is no whole coin keeps its digits.</summary>
    public string Money(decimal amount)
    {
        var numbers = (NumberFormatInfo)culture.NumberFormat.Clone();
        numbers.CurrencySymbol = Symbols.GetValueOrDefault(currency.Code, currency.Code);
        numbers.CurrencyDecimalDigits = amount == decimal.Truncate(amount) ? 0 : Math.Max(currency.MinorDigits, DigitsOf(amount));
        if (numbers.CurrencySymbol.Length == 3 && numbers.CurrencyPositivePattern == 0) numbers.CurrencyPositivePattern = 2;
        return (amount < 0 ? "−" : "") + Math.Abs(amount).ToString("C", numbers);
    }

    /// <summary>5 is 5% or 5 %, as the culture has it; 2.5 keeps its half.</summary>
    public string Percent(Percent percent) =>
        percent.AsFraction.ToString("P" + DigitsOf(percent.Value).ToString(CultureInfo.InvariantCulture), culture.NumberFormat);

    public string Number(decimal value) => value.ToString("#,0.##", culture.NumberFormat);

    /// <summary>(1, day) is 1 day, (5, day) is 5 days.</summary>
    public string Count(int count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>“17:00 New York time”, “00:00 UTC”.</summary>
    public static string DayStart(TradingDay day)
    {
        var city = day.TimeZone[(day.TimeZone.LastIndexOf('/') + 1)..].Replace('_', ' ');
        var zone = city is "UTC" or "GMT" ? "UTC" : $"{city} time";
        return $"{day.StartsAt.ToString("HH:mm", CultureInfo.InvariantCulture)} {zone}";
    }

    private static int DigitsOf(decimal value) => (int)(value / 1.0000000000000000000000000000m).Scale;
}
