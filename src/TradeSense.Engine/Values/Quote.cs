namespace TradeSense.Engine.Values;

/// <summary>One price of one instrument at one instant (UTC).</summary>
public readonly record struct Quote(DateTimeOffset At, string Symbol, Price Bid, Price Ask)
{
    /// <summary>Half-way between bid and ask; exact, so it can have one digit more than the instrument.</summary>
    public decimal Mid => (Bid.Value + Ask.Value) / 2m;
}
