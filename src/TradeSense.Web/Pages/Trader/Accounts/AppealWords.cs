using TradeSense.Modules.Risk.Appeals;

namespace TradeSense.Web.Pages.Trader.Accounts;

/// <summary>An appeal's state as the two sides say it, and its tone.</summary>
public static class AppealWords
{
    public static string ForTrader(AppealStatus status) => status switch
    {
        AppealStatus.Upheld => "Verdict stands",
        AppealStatus.Overturned => "Overturned",
        _ => "Being looked at",
    };

    public static string ForFirm(AppealStatus status) => status switch
    {
        AppealStatus.Open => "Open",
        AppealStatus.OverturnProposed => "Waits for a second person",
        AppealStatus.Upheld => "Verdict upheld",
        AppealStatus.Overturned => "Overturned",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static string Tone(AppealStatus status) => status switch { AppealStatus.Overturned => "good", AppealStatus.Upheld => "plain", _ => "wait" };
}
