using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using TradeSense.Web.Security;

namespace TradeSense.Web.TagHelpers;

/// <summary>Stamps <c>hx-nonce</c> on every element that has an <c>hx-*</c> attribute, so that hx-csp obeys it. Markup that did not come out of a view stays dead.</summary>
[HtmlTargetElement("*", Attributes = "hx-*")]
public sealed class HxNonceTagHelper : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        output.Attributes.SetAttribute("hx-nonce", CspNonce.Of(ViewContext.HttpContext));
}

/// <summary>Gives scripts and style elements of views the nonce without which the policy blocks them.</summary>
[HtmlTargetElement("script"), HtmlTargetElement("style")]
public sealed class NonceTagHelper : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        output.Attributes.SetAttribute("nonce", CspNonce.Of(ViewContext.HttpContext));
}
