using TradeSense.Engine.Values;

namespace TradeSense.Engine.Instruments;

/// <summary>A listed event that rules about news refer to.</summary>
/// <param name="Currency">USD, EUR …; an event of a currency concerns every instrument with it in its base or quote.</param>
public sealed record NewsEvent(DateTimeOffset At, string Currency, string Title = "")
{
    public bool Concerns(Instrument instrument) => instrument.Base == Currency || instrument.QuoteCurrency.Code == Currency;
}
