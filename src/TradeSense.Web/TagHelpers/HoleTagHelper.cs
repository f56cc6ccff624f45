using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using TradeSense.Web.Kept;
using TradeSense.Web.Security;

namespace TradeSense.Web.TagHelpers;

/// <summary><c>&lt;hole name="objectives" /&gt;</c>: a place in a kept page that each response fills anew: see <see cref="PageKeeping"/>.</summary>
[HtmlTargetElement("hole", TagStructure = TagStructure.WithoutEndTag)]
public sealed class HoleTagHelper : TagHelper
{
    public string Name { get; set; } = "";

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(CutPage.MarkOf(Name, CspNonce.Of(ViewContext.HttpContext)));
    }
}
