using System.Globalization;
using System.Numerics;

namespace TradeSense.Modules.Payouts;

/// <summary>Where a bank transfer goes: an IBAN with right check digits, or a plain account number of 6 to 17 digits.</summary>
public sealed record BankDestination(string Holder, string Number)
{
    public string End => Number[^4..];

    public static Result<BankDestination> Read(string? holder, string? number)
    {
        var name = (holder ?? "").Trim();
        if (name.Length is < 2 or > 80 || name.Any(char.IsControl)) return PayoutRefusal.HolderMissing;

        var plain = (number ?? "").Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return IsIban(plain) || (plain.Length is >= 6 and <= 17 && plain.All(char.IsAsciiDigit)) ? new BankDestination(name, plain) : PayoutRefusal.DestinationInvalid;
    }

    /// <summary>ISO 13616: the first four characters moved to the end, letters as 10 to 35, the number leaves 1 when divided by 97.</summary>
    private static bool IsIban(string text)
    {
        if (text.Length is < 15 or > 34 || !text.All(char.IsAsciiLetterOrDigit) || !text[..2].All(char.IsAsciiLetterUpper) || !text[2..4].All(char.IsAsciiDigit)) return false;

        var digits = string.Concat((text[4..] + text[..4]).Select(c => char.IsAsciiDigit(c) ? c.ToString() : (c - 'A' + 10).ToString(CultureInfo.InvariantCulture)));
        return BigInteger.Parse(digits, CultureInfo.InvariantCulture) % 97 == 1;
    }
}
