using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TradeSense.Web.TagHelpers;

/// <summary><c>&lt;pager page="Model.Page" pages="Model.Pages" /&gt;</c>: earlier and later with the page number, keeping the query (filters, search). Nothing for a single page.</summary>
[HtmlTargetElement("pager", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PagerTagHelper(IconSet icons) : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public int Page { get; set; } = 1;
    public int Pages { get; set; } = 1;

    /// <summary>The query parameter that holds the number. Never "page": Razor Pages binds that name to the page itself.</summary>
    public string Parameter { get; set; } = "p";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Pages <= 1)
        {
            output.SuppressOutput();
            return;
        }

        output.Open("nav", "pager");
        output.Attributes.SetAttribute("aria-label", "Pages");
        Link(output, Page - 1, "Previous page", "chevron-left");
        output.Content.AppendHtml("<span class=\"pager__place figure\">").Append(string.Create(CultureInfo.InvariantCulture, $"Page {Page} of {Pages}")).AppendHtml("</span>");
        Link(output, Page + 1, "Next page", "chevron-right");
    }

    private void Link(TagHelperOutput output, int number, string words, string icon)
    {
        if (number < 1 || number > Pages)
        {
            output.Content.AppendHtml("<span class=\"pager__step pager__step--off\" aria-hidden=\"true\">").AppendHtml(icons.Html(icon)).AppendHtml("</span>");
            return;
        }

        var link = new TagBuilder("a");
        link.AddCssClass("pager__step");
        link.Attributes["href"] = Address(number);
        link.Attributes["aria-label"] = words;
        link.InnerHtml.AppendHtml(icons.Html(icon));
        output.Content.AppendHtml(link);
    }

    private string Address(int number)
    {
        var query = ViewContext.HttpContext.Request.Query
            .Where(pair => pair.Key != Parameter)
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? ""))
            .Append(KeyValuePair.Create(Parameter, number.ToString(CultureInfo.InvariantCulture)));
        return ViewContext.HttpContext.Request.Path + new QueryBuilder(query).ToQueryString().ToUriComponent();
    }
}
