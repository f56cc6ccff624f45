namespace TradeSense.Modules.Trading.Quotes.Feeds;

/// <summary>Reads the two kinds of text a recording has, strictly: no culture, no white space, no exponents.</summary>
internal static class QuoteText
{
    private const int LongestPrice = 18;

    /// <summary><c>2014-05-02T12:30:01.535Z</c>, with none to seven digits of a second's fraction.</summary>
    public static bool TryTime(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 20 || text[^1] != 'Z' || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':') return false;
        if (!TryNumber(text[..4], out var year) || !TryNumber(text[5..7], out var month) || !TryNumber(text[8..10], out var day)) return false;
        if (!TryNumber(text[11..13], out var hour) || !TryNumber(text[14..16], out var minute) || !TryNumber(text[17..19], out var second)) return false;
        if (!TryFraction(text[19..^1], out var ticks)) return false;
        if (year is < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return false;

        time = new DateTimeOffset(new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).AddTicks(ticks));
        return true;
    }

    /// <summary>Digits with at most one point, kept as written: 1.10 has two digits. A minus is read, so that the filter can refuse the price by name.</summary>
    public static bool TryPrice(ReadOnlySpan<byte> text, out decimal price)
    {
        price = default;
        var negative = text is [(byte)'-', ..];
        if (negative) text = text[1..];
        if (text.IsEmpty || text.Length > LongestPrice || text[0] == '.' || text[^1] == '.') return false;

        var (units, digits, seenPoint) = (0L, (byte)0, false);
        foreach (var letter in text)
        {
            if (letter == '.' && !seenPoint)
            {
                seenPoint = true;
                continue;
            }

            if (letter is < (byte)'0' or > (byte)'9') return false;
            units = (units * 10) + (letter - '0');
            if (seenPoint) digits++;
        }

        price = new decimal((int)units, (int)(units >> 32), 0, negative, digits);
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.IsEmpty) return true;
        if (text[0] != '.' || text.Length is < 2 or > 8 || !TryNumber(text[1..], out var fraction)) return false;

        ticks = fraction;
        for (var i = text.Length - 1; i < 7; i++) ticks *= 10;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var letter in text)
        {
            if (letter is < (byte)'0' or > (byte)'9') return false;
            number = (number * 10) + (letter - '0');
        }

        return true;
    }
}
