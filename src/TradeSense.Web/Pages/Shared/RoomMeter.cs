using TradeSense.Engine.Values;

namespace TradeSense.Web.Pages.Shared;

/// <summary>How much may be lost before a floor: the model of <c>_RoomMeter</c>.</summary>
/// <param name="Id">Element id, <c>room-today-{account}</c>: the live stream finds it by this.</param>
/// <param name="Top">Where the bar is full: usually the equity at the start of the day.</param>
/// <param name="Rule">The rule in words: "At most 5 % of the day's opening balance".</param>
/// <param name="Thin">The small form for headers.</param>
public sealed record RoomMeter(string Id, string Label, Money Floor, Money Equity, Money Top, string Rule, DateTimeOffset? AsOf = null, bool Thin = false)
{
    public Money Left => Equity > Floor ? Equity - Floor : Money.Zero(Floor.Currency);

    /// <summary>0 at the floor, 1 at the top: equity 98,000 over floor 95,000 with top 100,000 is 0.6.</summary>
    public decimal Share => Top <= Floor ? 0m : Math.Clamp(Left.Amount / (Top - Floor).Amount, 0m, 1m);
}
