using TradeSense.Modules.Payouts;

namespace TradeSense.Web.Pages.Trader.Payouts;

/// <summary>How a payout's state is named and toned, the same for trader and staff.</summary>
public static class PayoutWords
{
    public static string Label(PayoutStatus status) => status switch
    {
        PayoutStatus.Requested => "Being reserved",
        PayoutStatus.AwaitingDecision => "Awaiting decision",
        PayoutStatus.Approved => "Approved, being sent",
        PayoutStatus.Paid => "Paid",
        PayoutStatus.Rejected => "Rejected",
        PayoutStatus.Refused => "Not possible",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static string Tone(PayoutStatus status) => status switch
    {
        PayoutStatus.Paid or PayoutStatus.Approved => "good",
        PayoutStatus.Rejected or PayoutStatus.Refused => "bad",
        _ => "wait",
    };
}
