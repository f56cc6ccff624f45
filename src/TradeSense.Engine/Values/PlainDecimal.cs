using System.Globalization;

namespace TradeSense.Engine.Values;

/// <summary>Decimals as text that machines exchange: ASCII digits with at most one point.</summary>
public static class PlainDecimal
{
    private const int LongestText = 24;

    /// <summary>Reads digits and one point only: no sign, exponent, grouping or surrounding blanks.</summary>
    public static bool TryParse(string? text, out decimal value)
    {
        value = 0;
        if (text is null || text.Length is 0 or > LongestText || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[^1])) return false;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The exact value without trailing zeros: 194000.00 is <c>194000</c>, −0.50 is <c>-0.5</c>.</summary>
    public static string Text(decimal value) => value == 0 ? "0" : value.ToString("0.############################", CultureInfo.InvariantCulture);
}
