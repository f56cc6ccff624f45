using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TradeSense.Web.TagHelpers;

/// <summary><c>&lt;empty-state icon="cash" title="No payouts yet"&gt;what will appear, and a link to the next step&lt;/empty-state&gt;</c>.</summary>
[HtmlTargetElement("empty-state")]
public sealed class EmptyStateTagHelper(IconSet icons) : TagHelper
{
    public string Icon { get; set; } = "inbox";
    public string Title { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.Open("div", "empty-state");
        output.Content.AppendHtml(icons.Html(Icon, "empty-state__icon"))
            .AppendHtml("<p class=\"empty-state__title\">").Append(Title).AppendHtml("</p><div class=\"empty-state__text\">").AppendHtml(content).AppendHtml("</div>");
    }
}

/// <summary>
/// <c>&lt;confirm-dialog id="reject-7" title="Reject this payout?" open-label="Reject" confirm-label="Reject payout" tone="danger"&gt;what it destroys&lt;/confirm-dialog&gt;</c>
/// inside a form: a button that opens a native dialog whose confirm button submits the form. Opens without our scripts where the browser knows <c>commandfor</c>.
/// </summary>
[HtmlTargetElement("confirm-dialog")]
public sealed class ConfirmDialogTagHelper : TagHelper
{
    public string Id { get; set; } = "";
    public string Title { get; set; } = "";
    public string OpenLabel { get; set; } = "";
    public string ConfirmLabel { get; set; } = "";
    public string Tone { get; set; } = "primary";

    /// <summary>Name and value of the confirm button, for forms with several.</summary>
    public string? Name { get; set; }
    public string? Value { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        string Text(string text) => HtmlEncoder.Default.Encode(text);
        var (id, submit) = (Text(Id), Name is null ? "" : $" name=\"{Text(Name)}\" value=\"{Text(Value ?? "")}\"");

        output.TagName = null;
        output.Content.AppendHtml(
            $"<button type=\"button\" class=\"btn btn-outline-{Text(Tone)}\" commandfor=\"{id}\" command=\"show-modal\" data-dialog=\"{id}\">{Text(OpenLabel)}</button>" +
            $"<dialog id=\"{id}\" class=\"confirm\" aria-labelledby=\"{id}-title\"><h2 class=\"confirm__title\" id=\"{id}-title\">{Text(Title)}</h2><div class=\"confirm__text\">")
            .AppendHtml(content)
            .AppendHtml("</div><div class=\"confirm__buttons\">" +
                $"<button type=\"button\" class=\"btn\" commandfor=\"{id}\" command=\"close\" data-dialog-close=\"{id}\">Cancel</button>" +
                $"<button type=\"submit\" class=\"btn btn-{Text(Tone)}\"{submit}>{Text(ConfirmLabel)}</button></div></dialog>");
    }
}

/// <summary><c>&lt;copy-button text="@Model.Reference" /&gt;</c>: copies and says so.</summary>
[HtmlTargetElement("copy-button", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class CopyButtonTagHelper(IconSet icons) : TagHelper
{
    public string Text { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Open("button", "copy-button");
        output.Attributes.SetAttribute("type", "button");
        output.Attributes.SetAttribute("data-copy", Text);
        output.Content.AppendHtml(icons.Html("copy")).AppendHtml("<span data-copy-word>Copy</span>");
    }
}
