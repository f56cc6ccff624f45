using System.Globalization;
using System.Text.RegularExpressions;
using TradeSense.Engine.Values;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Security;

namespace TradeSense.Web.TagHelpers;

/// <summary>How this brand writes money, prices, percentages and times, and in which zone this visitor reads them. The one home of formatting.</summary>
public sealed partial class TenantFormat(CurrentTenant tenant, IHttpContextAccessor accessor)
{
    private const string Minus = "−";

    private static readonly Dictionary<string, string> Symbols = new(StringComparer.Ordinal)
    {
        ["USD"] = "$", ["EUR"] = "€", ["GBP"] = "£", ["JPY"] = "¥", ["INR"] = "₹", ["PLN"] = "zł", ["CZK"] = "Kč",
        ["AUD"] = "A$", ["NZD"] = "NZ$", ["CAD"] = "C$", ["SGD"] = "S$",
    };

    private readonly Dictionary<(string Currency, int Digits), NumberFormatInfo> _money = [];
    private NumberFormatInfo? _numbers;
    private TimeZoneInfo? _zone;

    private CultureInfo Culture => tenant.IsSet ? tenant.Value.CultureInfo : CultureInfo.InvariantCulture;

    /// <summary>The visitor's zone: from the profile, else as the browser named it, else UTC.</summary>
    public TimeZoneInfo Zone => _zone ??= FindZone();

    /// <summary>(1234.5, USD) is $1,234.50 for en-US and 1.234,50 $ for de-DE; negative amounts carry a true minus sign in front.</summary>
    public string Money(Money money, bool signed = false, int? decimals = null)
    {
        var key = (money.Currency.Code, Digits: decimals ?? money.Currency.MinorDigits);
        if (!_money.TryGetValue(key, out var numbers)) _money.Add(key, numbers = MoneyNumbers(key.Code, key.Digits));
        return Sign(money.Amount, signed) + Unbroken(Math.Abs(money.Amount).ToString("C", numbers));
    }

    private NumberFormatInfo MoneyNumbers(string currency, int digits)
    {
        var numbers = (NumberFormatInfo)Numbers().Clone();
        numbers.CurrencySymbol = Symbols.GetValueOrDefault(currency, currency);
        numbers.CurrencyDecimalDigits = digits;
        if (numbers.CurrencySymbol.Length == 3 && numbers.CurrencyPositivePattern == 0) numbers.CurrencyPositivePattern = 2;
        return numbers;
    }

    public string Price(decimal price, int digits) => Number(price, digits);

    public string Number(decimal value, int digits, bool signed = false) =>
        Sign(value, signed) + Math.Abs(value).ToString("N" + digits.ToString(CultureInfo.InvariantCulture), Numbers());

    /// <summary>(5.25) with one digit is 5.3 %: half away from zero, with a no-break space before the sign where the culture wants one.</summary>
    public string Percent(Percent percent, int digits = 0, bool signed = false)
    {
        var rounded = decimal.Round(percent.Value, digits, MidpointRounding.AwayFromZero);
        return Sign(rounded, signed) + Unbroken((Math.Abs(rounded) / 100m).ToString("P" + digits.ToString(CultureInfo.InvariantCulture), Numbers()));
    }

    public string Time(DateTimeOffset at, TimeStyle style)
    {
        var local = TimeZoneInfo.ConvertTime(at, Zone);
        var suffix = Zone.Id is "UTC" or "Etc/UTC" ? " UTC" : "";
        return style switch
        {
            TimeStyle.Date => local.ToString("d MMM yyyy", Culture),
            TimeStyle.Day => local.ToString("ddd d MMM", Culture),
            TimeStyle.Clock => local.ToString("HH:mm", Culture) + suffix,
            TimeStyle.Seconds => local.ToString("HH:mm:ss", Culture) + suffix,
            TimeStyle.Moment => local.ToString("d MMM yyyy, HH:mm", Culture) + suffix,
            TimeStyle.Exact => local.ToString("d MMM yyyy, HH:mm:ss.fff", Culture) + suffix,
            _ => throw new ArgumentOutOfRangeException(nameof(style)),
        };
    }

    private static string Sign(decimal value, bool signed) => value < 0 ? Minus : signed && value > 0 ? "+" : "";

    /// <summary>A no-break space keeps an amount and its sign on one line.</summary>
    private static string Unbroken(string text) => text.Replace(' ', '\u00A0');

    private NumberFormatInfo Numbers() => _numbers ??= Culture.NumberFormat;

    private TimeZoneInfo FindZone()
    {
        var context = accessor.HttpContext;
        var name = context?.User.FindFirst("zoneinfo")?.Value ?? context?.Request.Cookies[Cookies.Zone];
        return name is not null && ZoneName().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_+\-]{1,20}(/[A-Za-z0-9_+\-]{1,20}){0,2}\z")]
    private static partial Regex ZoneName();
}

/// <summary>How much of an instant to write: 21 Nov 2026 · Sat 21 Nov · 14:02 · 14:02:31 · 21 Nov 2026, 14:02 · the same to the millisecond.</summary>
public enum TimeStyle { Date, Day, Clock, Seconds, Moment, Exact }
