using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TradeSense.Web.TagHelpers;

internal static class Output
{
    /// <summary>Turns our element into a real one with a class beside the author's own, always with an end tag.</summary>
    public static void Open(this TagHelperOutput output, string tag, string classes)
    {
        output.TagName = tag;
        output.TagMode = TagMode.StartTagAndEndTag;
        if (!output.Attributes.ContainsName("class"))
        {
            output.Attributes.SetAttribute("class", classes);
            return;
        }

        foreach (var name in classes.Split(' ', StringSplitOptions.RemoveEmptyEntries)) output.AddClass(name, HtmlEncoder.Default);
    }
}
