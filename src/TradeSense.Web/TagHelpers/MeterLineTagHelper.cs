using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TradeSense.Web.TagHelpers;

/// <summary>
/// <c>&lt;meter-line label="Profit target" share="0.42m" tone="goal"&gt;&lt;money …/&gt; of &lt;money …/&gt;&lt;/meter-line&gt;</c>:
/// label, bar, figures (the content) and the rule in words (<c>rule</c>) on one line. Drawn as SVG, because a width would need an inline style.
/// </summary>
[HtmlTargetElement("meter-line")]
public sealed class MeterLineTagHelper : TagHelper
{
    public string Label { get; set; } = "";

    /// <summary>How full, 0 to 1; outside is cut.</summary>
    public decimal Share { get; set; }

    /// <summary>room (what is left: turns to warning under 20 %, to danger under 5 %), goal (what is reached), plain.</summary>
    public string Tone { get; set; } = "plain";

    public string? Rule { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var (label, rule) = (HtmlEncoder.Default.Encode(Label), HtmlEncoder.Default.Encode(Rule ?? ""));
        output.Open("div", $"meter-line meter-line--{Level(Tone, Share)}");
        output.Content.AppendHtml($"<div class=\"meter-line__head\"><span class=\"meter-line__label\">{label}</span><span class=\"meter-line__figures\">")
            .AppendHtml(content).AppendHtml("</span></div>").AppendHtml(Bar(Label, Share));
        if (rule.Length > 0) output.Content.AppendHtml($"<p class=\"meter-line__rule\">{rule}</p>");
    }

    internal static string Level(string tone, decimal share) => tone switch
    {
        "room" when share <= 0m => "gone",
        "room" when share < 0.05m => "danger",
        "room" when share < 0.2m => "near",
        "goal" when share >= 1m => "reached",
        _ => tone,
    };

    internal static string Bar(string label, decimal share)
    {
        var percent = decimal.Round(Math.Clamp(share, 0m, 1m) * 100m, 1, MidpointRounding.ToZero).ToString(CultureInfo.InvariantCulture);
        return $"<svg class=\"meter-bar\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" role=\"meter\" aria-label=\"{HtmlEncoder.Default.Encode(label)}\" " +
            $"aria-valuemin=\"0\" aria-valuemax=\"100\" aria-valuenow=\"{percent}\"><rect class=\"meter-bar__ground\" width=\"100\" height=\"4\"/>" +
            $"<rect class=\"meter-bar__fill\" width=\"{percent}\" height=\"4\"/></svg>";
    }
}

/// <summary><c>&lt;room-bar label="…" share="0.6m" /&gt;</c>: the bar alone, for components that arrange their own figures.</summary>
[HtmlTargetElement("room-bar", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class RoomBarTagHelper : TagHelper
{
    public string Label { get; set; } = "";
    public decimal Share { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(MeterLineTagHelper.Bar(Label, Share));
    }
}

/// <summary>The words for how near a floor is; style sheets colour by them.</summary>
public static class RoomLevel
{
    /// <summary>0.6 is room, 0.15 near, 0.04 danger, 0 gone.</summary>
    public static string Of(decimal share) => MeterLineTagHelper.Level("room", share);
}
