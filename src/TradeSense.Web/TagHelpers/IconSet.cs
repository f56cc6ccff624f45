using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TradeSense.Web.TagHelpers;

/// <summary>Icons of the package, written into the page so that they take the text's colour. Which ones exist is listed in <c>Assets.targets</c>.</summary>
public sealed partial class IconSet(IWebHostEnvironment environment)
{
    private readonly ConcurrentDictionary<string, string> _shapes = new();

    public IHtmlContent Html(string name, string classes = "") =>
        new HtmlString($"<svg class=\"icon {classes}\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.75\" stroke-linecap=\"round\" stroke-linejoin=\"round\" aria-hidden=\"true\">{_shapes.GetOrAdd(name, Read)}</svg>");

    private string Read(string name)
    {
        var file = environment.WebRootFileProvider.GetFileInfo($"lib/icons/{name}.svg");
        if (!file.Exists) throw new InvalidOperationException($"There is no icon “{name}”: add it to Assets.targets.");

        using var reader = new StreamReader(file.CreateReadStream());
        return string.Concat(Shape().Matches(reader.ReadToEnd()).Select(match => match.Value).Where(shape => !shape.Contains("M0 0h24v24H0z", StringComparison.Ordinal)));
    }

    [GeneratedRegex("<(path|circle|rect|line|polyline|ellipse)[^>]*/>")]
    private static partial Regex Shape();
}

/// <summary><c>&lt;icon name="bell" /&gt;</c>: decoration, silent for screen readers; the words stand beside it.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class IconTagHelper(IconSet icons) : TagHelper
{
    public string Name { get; set; } = "";
    public string Class { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(icons.Html(Name, Class));
    }
}
