namespace TradeSense.Modules.Risk.Receipts;

/// <summary>Finds what a text was before one character of it was altered: with its hash known, there are few enough to try.</summary>
internal static class OneCharacter
{
    private const string Printable = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    /// <summary>Trying costs a hash of the whole text each time; beyond this it is not worth it.</summary>
    private const int LongestText = 8_000;

    /// <summary>The one text that differs in one character and fits; null when none does.</summary>
    public static string? Before(string found, Func<string, bool> fits, string? alphabet = null)
    {
        if (found.Length > LongestText) return null;

        var letters = found.ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            var original = letters[i];
            foreach (var candidate in alphabet ?? Printable)
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
}
