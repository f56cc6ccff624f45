using System.Text.RegularExpressions;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>Undoes what somebody may have done to a short text: a character put for another, put in or taken out, a number written for another.</summary>
internal static partial class Edits
{
    /// <summary>In a longer text only one character for another is tried out: each try hashes all of it.</summary>
    public const int Longest = 1024;

    private const string Likely = "0123456789.-", All = Likely + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ !\"#$%&'()*+,/:;<=>?@[\\]^_`{|}~";

    /// <summary>The text before one of these was done to it; null when none fits.</summary>
    public static string? Before(string found, Func<string, bool> fits) =>
        OneCharacter.Before(found, fits) ?? (found.Length > 2 * Longest ? null : Other(found, fits));

    private static string? Other(string found, Func<string, bool> fits) =>
        WithoutOne(found).FirstOrDefault(fits) ?? WithOne(found, Likely).FirstOrDefault(fits) ?? WithOne(found, All).FirstOrDefault(fits) ?? OtherNumbers(found).FirstOrDefault(fits);

    /// <summary>The same over a border of two pieces, where each try costs the whole text: only what changes the length is looked for, and one digit for another.</summary>
    /// <param name="length">Of the text before.</param>
    public static string? Between(string found, int length, Func<string, bool> fits) => (length - found.Length) switch
    {
        0 => OneCharacter.Before(found, fits, Likely),
        1 => WithOne(found, Likely).FirstOrDefault(fits),
        -1 => WithoutOne(found).FirstOrDefault(fits),
        _ => null,
    };

    private static IEnumerable<string> WithoutOne(string text)
    {
        for (var i = 0; i < text.Length; i++) yield return text.Remove(i, 1);
    }

    private static IEnumerable<string> WithOne(string text, string letters)
    {
        for (var i = 0; i <= text.Length; i++)
            foreach (var letter in letters) yield return text.Insert(i, letter.ToString());
    }

    private static IEnumerable<string> OtherNumbers(string text)
    {
        foreach (Match match in Number().Matches(text))
        {
            var most = 1;
            for (var i = 0; i < match.Length; i++) most *= 10;
            for (var other = 0; other < most; other++)
                yield return string.Concat(text.AsSpan(0, match.Index), other.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(match.Length, '0'), text.AsSpan(match.Index + match.Length));
        }
    }

    [GeneratedRegex(@"(?<!\d)\d{1,4}(?!\d)")]
    private static partial Regex Number();
}
