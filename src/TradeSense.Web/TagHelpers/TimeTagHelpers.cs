using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TradeSense.Web.TagHelpers;

/// <summary><c>&lt;time-at value="trade.ClosedAt" /&gt;</c>: an instant in the visitor's zone, the UTC one on hover. <c>show</c>: Date, Day, Clock, Seconds, Moment (default), Exact.</summary>
[HtmlTargetElement("time-at", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TimeAtTagHelper(TenantFormat format) : TagHelper
{
    public DateTimeOffset? Value { get; set; }
    public TimeStyle Show { get; set; } = TimeStyle.Moment;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Open("time", "figure");
        output.At(Value);
        output.Content.SetContent(Value is { } at ? format.Time(at, Show) : "–");
    }
}

/// <summary><c>&lt;as-of value="Model.AsOf" /&gt;</c>: beside every live figure, "as of 14:02:31".</summary>
[HtmlTargetElement("as-of", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class AsOfTagHelper(TenantFormat format) : TagHelper
{
    public DateTimeOffset Value { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Open("time", "as-of figure");
        output.At(Value);
        output.Content.SetContent("as of " + format.Time(Value, TimeStyle.Seconds));
    }
}

/// <summary><c>&lt;countdown until="Model.DueAt" /&gt;</c>: time left, kept running by <c>countdown.js</c>; without scripts the state at load.</summary>
[HtmlTargetElement("countdown", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class CountdownTagHelper(TimeProvider clock) : TagHelper
{
    public DateTimeOffset Until { get; set; }

    /// <summary>What stands there when the time is over.</summary>
    public string Over { get; set; } = "overdue";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Open("time", "countdown figure");
        output.At(Until);
        output.Attributes.SetAttribute("data-countdown", Until.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("data-over", Over);
        output.Content.SetContent(Left(Until - clock.GetUtcNow()));
    }

    private string Left(TimeSpan left) => left switch
    {
        _ when left <= TimeSpan.Zero => Over,
        { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalDays} d {left.Hours} h"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours} h {left.Minutes:00} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{left.Minutes} min {left.Seconds:00} s"),
    };
}

internal static class TimeOutput
{
    public static void At(this TagHelperOutput output, DateTimeOffset? at)
    {
        if (at is not { } value) return;

        output.Attributes.SetAttribute("datetime", value.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("title", value.ToUniversalTime().ToString("d MMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
    }
}
