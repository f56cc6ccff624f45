namespace TradeSense.Modules.Alerts;

/// <param name="MostPerTrader">Alerts that wait at a time.</param>
/// <param name="Watches">Of all processes those that read or follow the feed watch; a second watcher changes nothing.</param>
public sealed record AlertOptions(int MostPerTrader = 50, bool Watches = true)
{
    public static AlertOptions Read(Func<string, string?> setting, bool watches) =>
        new(int.TryParse(setting("TRADESENSE_ALERTS_PER_TRADER"), out var most) && most > 0 ? most : 50, watches);
}
