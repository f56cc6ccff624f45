using System.Globalization;

namespace TradeSense.Engine.Values;

/// <summary>Decimals as they may be typed into an order: ASCII digits with at most one point, no sign, no exponent, no grouping.</summary>
internal static class PlainDecimal
{
    private const int LongestText = 24;

    public static bool TryParse(string? text, out decimal value)
    {
        value = 0;
        if (text is null || text.Length is 0 or > LongestText || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[^1])) return false;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }
}
