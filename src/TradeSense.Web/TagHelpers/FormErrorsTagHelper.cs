using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TradeSense.Web.TagHelpers;

/// <summary><c>&lt;form-errors /&gt;</c> at the top of a form: what was refused and belongs beside no field. Read out when it appears.</summary>
[HtmlTargetElement("form-errors", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FormErrorsTagHelper : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!ViewContext.ModelState.TryGetValue("", out var entry) || entry.Errors.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.Open("div", "form-errors");
        output.Attributes.SetAttribute("role", "alert");
        foreach (var error in entry.Errors) output.Content.AppendHtml("<p>").Append(error.ErrorMessage).AppendHtml("</p>");
    }
}
