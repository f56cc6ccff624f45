namespace TradeSense.Web.Pages.Site.Transparency;

/// <summary>How long something took, as people say it.</summary>
public static class Spans
{
    public static string Words(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => "under a minute",
        { TotalHours: < 1 } => $"{(int)span.TotalMinutes} min",
        { TotalDays: < 3 } => $"{(int)span.TotalHours} h {span.Minutes} min",
        _ => $"{(int)span.TotalDays} days {span.Hours} h",
    };
}
