namespace TradeSense.Modules.Analytics;

/// <summary>What a person typed, as a pattern that finds it anywhere and takes no sign of it for a wildcard.</summary>
internal static class LikePattern
{
    public static string Containing(string words) => $"%{words.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
}
