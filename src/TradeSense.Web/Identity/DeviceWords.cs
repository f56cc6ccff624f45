namespace TradeSense.Web.Identity;

/// <summary>What a browser says of itself, as a person would say it: Firefox on Windows. Never believed, only shown.</summary>
public static class DeviceWords
{
    // The order matters: Edge and Opera also say Chrome, Chrome also says Safari, Android also says Linux.
    private static readonly (string Sign, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")];

    private static readonly (string Sign, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Of(string? agent)
    {
        var (browser, system) = (Named(Browsers, agent), Named(Systems, agent));
        return (browser, system) switch
        {
            (not null, not null) => $"{browser} on {system}",
            (null, null) => string.IsNullOrWhiteSpace(agent) ? "Unknown device" : agent,
            _ => browser ?? system!,
        };
    }

    private static string? Named((string Sign, string Name)[] known, string? agent) =>
        agent is null ? null : known.Where(pair => agent.Contains(pair.Sign, StringComparison.Ordinal)).Select(pair => pair.Name).FirstOrDefault();
}
