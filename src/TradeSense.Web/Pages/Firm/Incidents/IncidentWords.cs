using TradeSense.Modules.Risk.Incidents;

namespace TradeSense.Web.Pages.Firm.Incidents;

/// <summary>Incidents in words, the same for staff and traders.</summary>
public static class IncidentWords
{
    public static string Of(IncidentKind kind) => kind switch
    {
        IncidentKind.Outage => "No prices",
        IncidentKind.Spike => "Price held back",
        IncidentKind.WrongPrices => "Wrong prices",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Of(Remedy remedy) => remedy switch
    {
        Remedy.None => "Nothing",
        Remedy.PauseClocks => "Time limits are extended",
        Remedy.Reinstate => "Accounts it ended are reinstated",
        Remedy.Resume => "Accounts it paused go on",
        Remedy.Credit => "Losses it caused are credited",
        _ => throw new ArgumentOutOfRangeException(nameof(remedy)),
    };

    public static string Of(Touch touch) => touch switch
    {
        Touch.Verdict => "A verdict rests on its prices",
        Touch.Floor => "A floor was raised by its prices",
        Touch.Traded => "Trades were opened or closed",
        Touch.Held => "Positions were held",
        Touch.Refused => "Orders found no price",
        _ => throw new ArgumentOutOfRangeException(nameof(touch)),
    };

    /// <summary>What was done, for the trader.</summary>
    public static string Done(IncidentAccount touched) => touched.Status switch
    {
        TouchStatus.Noted => "Nothing had to be done.",
        TouchStatus.UnderReview or TouchStatus.Proposed when touched.Touch is Touch.Verdict => "The verdict is provisional: a person looks at it.",
        TouchStatus.UnderReview or TouchStatus.Proposed => "A person looks at it.",
        TouchStatus.Confirmed => "Decided for you; it is being carried out.",
        TouchStatus.Done when touched.Remedy is Remedy.PauseClocks => "Your time limits are extended by its length.",
        TouchStatus.Done when touched.Remedy is Remedy.Reinstate => "Your account was reinstated.",
        TouchStatus.Done when touched.Remedy is Remedy.Resume => "The pause of your account was undone.",
        TouchStatus.Done => "Your account was credited.",
        TouchStatus.Stands => touched.Touch is Touch.Verdict ? "A person looked at it: the verdict stands." : "A person looked at it: nothing changes.",
        _ => throw new ArgumentOutOfRangeException(nameof(touched)),
    };

    public static (string Label, string Tone) Pill(TouchStatus status) => status switch
    {
        TouchStatus.Noted => ("Noted", "plain"),
        TouchStatus.UnderReview => ("Under review", "wait"),
        TouchStatus.Proposed => ("Second person needed", "wait"),
        TouchStatus.Confirmed => ("Being carried out", "info"),
        TouchStatus.Done => ("Done", "good"),
        TouchStatus.Stands => ("Stands", "plain"),
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
