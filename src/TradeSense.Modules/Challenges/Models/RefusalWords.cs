using System.Text.Json;

namespace TradeSense.Modules.Challenges.Models;

/// <summary>The words of a module's refusals, for those who read them in a terminal and not on a page.</summary>
internal static class RefusalWords
{
    public static IReadOnlyDictionary<string, string> Of(string module)
    {
        using var stream = typeof(Refusal).Assembly.GetManifestResourceStream($"refusals/{module}/refusals.en.json")
            ?? throw new InvalidOperationException($"The module {module} has no refusals.");
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }
}
