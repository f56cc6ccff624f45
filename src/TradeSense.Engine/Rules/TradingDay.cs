namespace TradeSense.Engine.Rules;

/// <summary>When a trading day starts: a local time in an IANA time zone. New York 17:00 is the field's default.</summary>
public sealed record TradingDay(string TimeZone, TimeOnly StartsAt)
{
    public static TradingDay Default { get; } = new("America/New_York", new TimeOnly(17, 0));
}
