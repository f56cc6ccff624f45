namespace TradeSense.Modules.Trading.Desk.Links;

/// <summary>Where other processes reach this one's shards: host and port; empty while it takes nothing from elsewhere.</summary>
public sealed class DeskAddress
{
    public string Value { get; internal set; } = "";
}
