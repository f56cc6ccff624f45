using TradeSense.Engine.Events;

namespace TradeSense.Web.Pages.Trader.Accounts;

/// <summary>Who or what closed a trade, as a trader says it.</summary>
public static class TradeWords
{
    public static string Of(CloseReason reason) => reason switch
    {
        CloseReason.Trader => "Trader",
        CloseReason.StopLoss => "Stop loss",
        CloseReason.TakeProfit => "Take profit",
        CloseReason.StopOut => "Margin call",
        CloseReason.Breach => "Loss limit",
        CloseReason.Pause => "Daily limit",
        CloseReason.Weekend => "Weekend",
        CloseReason.AccountClosed => "Account closed",
        CloseReason.TimeStop => "Time stop",
        CloseReason.Reverse => "Reversed",
        CloseReason.Netting => "Netted",
        CloseReason.Overnight => "End of day",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
