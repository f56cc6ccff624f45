namespace TradeSense.Modules.Risk.Receipts;

/// <summary>Finds what a text was before one character of it was altered: with its hash known, there are few enough to try.</summary>
internal static class OneCharacter
{
    private const string Digits = "0123456789", Small = "abcdefghijklmnopqrstuvwxyz", Large = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", Signs = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /// <summary>How many characters are hashed at most: about a second. Each try hashes the whole text, so that long texts are tried with likely characters only.</summary>
    private const long MostHashed = 200_000_000;

    /// <summary>The one text that differs in one character and fits; null when none does, or it would take too long to find.</summary>
    public static string? Before(string found, Func<string, bool> fits, string? alphabet = null)
    {
        // Most alterations put a digit for a digit; only then anything for anything.
        foreach (Func<char, string> candidates in (Func<char, string>[])[alphabet is null ? Alike : _ => alphabet, _ => alphabet ?? Digits + Small + Large + Signs])
        {
            if (found.Sum(letter => (long)candidates(letter).Length) * found.Length > MostHashed) return null;
            if (Try(found, fits, candidates) is { } before) return before;
        }

        return null;
    }

    private static string? Try(string found, Func<string, bool> fits, Func<char, string> candidates)
    {
        var letters = found.ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            var original = letters[i];
            foreach (var candidate in candidates(original))
            {
                if (candidate == original) continue;
                letters[i] = candidate;
                var text = new string(letters);
                if (fits(text)) return text;
            }

            letters[i] = original;
        }

        return null;
    }

    private static string Alike(char letter) => char.IsAsciiDigit(letter) ? Digits : char.IsAsciiLetterLower(letter) ? Small : char.IsAsciiLetterUpper(letter) ? Large : Signs;
}
