using System.Globalization;
using System.Text.RegularExpressions;

namespace TradeSense.Modules.Payments.Gateways.Sandbox;

public enum SandboxCardOutcome { Succeeds, Declined, NeedsConfirmation, Insufficient, NoAnswer, NotATestCard }

/// <summary>A card as typed, checked the way a payment page checks it. Its number never leaves the request.</summary>
public sealed partial record SandboxCard(string Number, string LastFour)
{
    /// <summary>The cards that do something, with what they do in words; shown on the page.</summary>
    public static IReadOnlyList<(string Number, SandboxCardOutcome Outcome, string Words)> TestCards { get; } =
    [
        ("4242 4242 4242 4242", SandboxCardOutcome.Succeeds, "succeeds"),
        ("4000 0000 0000 3220", SandboxCardOutcome.NeedsConfirmation, "asks for confirmation"),
        ("4000 0000 0000 0002", SandboxCardOutcome.Declined, "is declined"),
        ("4000 0000 0000 9995", SandboxCardOutcome.Insufficient, "has insufficient funds"),
        ("4000 0000 0000 0119", SandboxCardOutcome.NoAnswer, "gets no answer; the payment arrives late"),
    ];

    public SandboxCardOutcome Outcome => TestCards.FirstOrDefault(card => card.Number.Replace(" ", "", StringComparison.Ordinal) == Number) is { Number: not null } known
        ? known.Outcome
        : SandboxCardOutcome.NotATestCard;

    /// <summary>Number by length and Luhn's check digit, expiry as MM/YY not in the past, security code of three digits; each refusal belongs beside its field.</summary>
    public static Result<SandboxCard> Read(string number, string expiry, string securityCode, DateTimeOffset now)
    {
        var digits = number.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        if (digits.Length is < 13 or > 19 || !digits.All(char.IsAsciiDigit)) return SandboxRefusal.NumberIncomplete;
        if (!PassesLuhn(digits)) return SandboxRefusal.NumberWrong;

        if (Expiry().Match(expiry.Trim()) is not { Success: true } read) return SandboxRefusal.ExpiryUnreadable;
        var month = new DateOnly(2000 + Part(read, 2), Part(read, 1), 1);
        // A card is good until the last day of its month, wherever its holder is.
        if (month.AddMonths(1).AddDays(1).ToDateTime(TimeOnly.MinValue) < now.UtcDateTime) return SandboxRefusal.Expired;

        return securityCode.Trim() is { Length: 3 } code && code.All(char.IsAsciiDigit) ? new SandboxCard(digits, digits[^4..]) : SandboxRefusal.SecurityCodeWrong;
    }

    private static int Part(Match expiry, int group) => int.Parse(expiry.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(0[1-9]|1[0-2]) ?/ ?(?:20)?([0-9]{2})\z")]
    private static partial Regex Expiry();

    /// <summary>From the right, every second digit counts double (less 9 when above 9); the sum ends in zero. 4242…42 sums to 80.</summary>
    private static bool PassesLuhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }

        return sum % 10 == 0;
    }
}

public static class SandboxRefusal
{
    public static Refusal NumberIncomplete { get; } = new("sandbox.number_incomplete", "Number");
    public static Refusal NumberWrong { get; } = new("sandbox.number_wrong", "Number");
    public static Refusal ExpiryUnreadable { get; } = new("sandbox.expiry_unreadable", "Expiry");
    public static Refusal Expired { get; } = new("sandbox.expired", "Expiry");
    public static Refusal SecurityCodeWrong { get; } = new("sandbox.security_code_wrong", "SecurityCode");
    public static Refusal Declined { get; } = new("sandbox.declined");
    public static Refusal Insufficient { get; } = new("sandbox.insufficient");
    public static Refusal NotATestCard { get; } = new("sandbox.not_a_test_card", "Number");
    public static Refusal ConfirmationFailed { get; } = new("sandbox.confirmation_failed");
    public static Refusal SessionOver { get; } = new("sandbox.session_over");
    public static Refusal AlreadyPaid { get; } = new("sandbox.already_paid");
}
