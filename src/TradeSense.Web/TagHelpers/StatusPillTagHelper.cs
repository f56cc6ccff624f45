using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TradeSense.Web.TagHelpers;

/// <summary><c>&lt;status-pill state="payout.Status" /&gt;</c>: an enum value (or its name) as a word with a dot. The tone follows the word; <c>tone</c> and <c>label</c> overrule it.</summary>
[HtmlTargetElement("status-pill", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed partial class StatusPillTagHelper : TagHelper
{
    private static readonly Dictionary<string, string> Tones = Each(
        ("good", "Active Funded Paid Approved Passed Completed Confirmed Published Healthy Open Verified Succeeded Scaled"),
        ("wait", "Pending PendingKyc PendingReview PendingContract Requested Waiting InReview Submitted Processing Sending Draft Evaluation Verification Trial Authorised Created AwaitingPayment Upgrading Unconfirmed"),
        ("bad", "Breached Rejected Failed Suspended Declined Disabled Expired Unhealthy Disputed ChargedBack Refused"));

    public object? State { get; set; }
    public string? Tone { get; set; }
    public string? Label { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = State?.ToString() ?? "";
        output.Open("span", $"status-pill status-pill--{(string.IsNullOrEmpty(Tone) ? Tones.GetValueOrDefault(name, "plain") : Tone)}");
        output.Content.SetContent(string.IsNullOrEmpty(Label) ? Words(name) : Label);
    }

    /// <summary>PendingKyc becomes "Pending KYC", ClosedByRule "Closed by rule".</summary>
    internal static string Words(string name)
    {
        var words = Boundary().Replace(name, " ").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Select((word, index) =>
            word.Equals("kyc", StringComparison.OrdinalIgnoreCase) ? "KYC" : index == 0 ? char.ToUpperInvariant(word[0]) + word[1..] : word.ToLowerInvariant()));
    }

    private static Dictionary<string, string> Each(params (string Tone, string Names)[] groups) =>
        groups.SelectMany(group => group.Names.Split(' ').Select(name => (name, group.Tone))).ToDictionary(pair => pair.name, pair => pair.Tone, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])|_|-")]
    private static partial Regex Boundary();
}
