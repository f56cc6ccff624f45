using System.Text.RegularExpressions;

namespace TradeSense.Modules.Challenges.Models;

/// <summary>A model's name in files and addresses: small letters, digits and hyphens.</summary>
public static partial class ModelSlug
{
    /// <summary>“Stellar 1-Step” is <c>stellar-1-step</c>; a name without any letter or digit is <c>model</c>.</summary>
    public static string Of(string name)
    {
        var slug = Others().Replace(name.ToLowerInvariant(), "-").Trim('-');
        return slug.Length == 0 ? "model" : slug[..Math.Min(slug.Length, 60)].TrimEnd('-');
    }

    public static bool IsGood(string? slug) => slug is not null && Good().IsMatch(slug);

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Others();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,59}\z")]
    private static partial Regex Good();
}
