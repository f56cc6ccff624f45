namespace TradeSense.Modules.Identity;

/// <summary>Length before composition (NIST SP 800-63B): long enough, not on attackers' lists, not the person's own name.</summary>
public static class PasswordRules
{
    public const int MinimumLength = 10;
    private const int MaximumLength = 200;

    /// <summary>Roots that most leaked passwords of this length are made of; digits and case around them do not help.</summary>
    private static readonly string[] CommonRoots =
    [
        "password", "passwort", "qwerty", "qwertz", "azerty", "letmein", "welcome", "iloveyou", "administrator", "changeme", "football", "baseball",
        "superman", "starwars", "trustno", "whatever", "princess", "sunshine", "abcdefgh", "asdfgh", "zxcvbn", "tradesense", "12345", "987654", "00000", "11111",
    ];

    public static Result Check(string password, string userName, string email)
    {
        if (password.Length is < MinimumLength or > MaximumLength) return IdentityRefusal.PasswordShort.With(MinimumLength);

        var folded = password.ToUpperInvariant();
        if (folded.Distinct().Count() < 5) return IdentityRefusal.PasswordCommon;
        if (CommonRoots.Any(root => folded.Contains(root, StringComparison.OrdinalIgnoreCase) && password.Length - root.Length < 8)) return IdentityRefusal.PasswordCommon;

        var name = email.Split('@')[0];
        return Contains(folded, userName) || Contains(folded, name) ? IdentityRefusal.PasswordPersonal : Result.Ok;
    }

    private static bool Contains(string folded, string part) => part.Length >= 4 && folded.Contains(part, StringComparison.OrdinalIgnoreCase);
}
