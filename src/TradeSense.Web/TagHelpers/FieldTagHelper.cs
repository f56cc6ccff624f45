using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TradeSense.Web.TagHelpers;

/// <summary>
/// <c>&lt;field for="Form.Email" label="E-mail" hint="…" autocomplete="email" /&gt;</c>: label, hint, control and error tied together for eyes and screen readers.
/// Other attributes go onto the input. With content, the content is the control (a select, a group): give it the same id and <c>aria-describedby="{id}-hint {id}-error"</c>.
/// </summary>
[HtmlTargetElement("field", Attributes = "for", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FieldTagHelper : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public ModelExpression For { get; set; } = null!;
    public string Label { get; set; } = "";
    public string? Hint { get; set; }

    /// <summary>Input type; found from the property when absent. <c>textarea</c> gives a text area.</summary>
    public string? Type { get; set; }

    /// <summary>Text inside the control's frame: a currency, "lots".</summary>
    public string? Unit { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = TagBuilder.CreateSanitizedId(name, "_");
        var error = ViewContext.ModelState.TryGetValue(name, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;
        var type = Type ?? TypeOf(For.ModelExplorer.Metadata);
        IHtmlContent control = content.IsEmptyOrWhiteSpace ? Control(name, id, type, error, entry?.AttemptedValue, output) : content;

        output.Attributes.Clear();
        output.Open("div", type is "checkbox" ? "field field--check" : "field");
        if (error is not null) output.Open("div", "field--wrong");
        if (type is "checkbox") output.Content.AppendHtml(control).AppendHtml(LabelOf(id));
        else output.Content.AppendHtml(LabelOf(id)).AppendHtml(Note("field__hint", $"{id}-hint", Hint)).AppendHtml(control);
        if (type is "checkbox") output.Content.AppendHtml(Note("field__hint", $"{id}-hint", Hint));
        output.Content.AppendHtml(Note("field__error", $"{id}-error", error));
    }

    private TagBuilder LabelOf(string id)
    {
        var label = new TagBuilder("label");
        label.AddCssClass("field__label");
        label.Attributes["for"] = id;
        label.InnerHtml.Append(Label);
        return label;
    }

    private static IHtmlContent Note(string css, string id, string? text)
    {
        if (string.IsNullOrEmpty(text)) return HtmlString.Empty;

        var note = new TagBuilder("p");
        note.AddCssClass(css);
        note.Attributes["id"] = id;
        note.InnerHtml.Append(text);
        return note;
    }

    private TagBuilder Control(string name, string id, string type, string? error, string? attempted, TagHelperOutput output)
    {
        var input = new TagBuilder(type is "textarea" ? "textarea" : "input");
        foreach (var attribute in output.Attributes) input.Attributes[attribute.Name] = attribute.Value?.ToString();
        input.AddCssClass(type is "checkbox" ? "form-check-input" : "form-control");
        (input.Attributes["id"], input.Attributes["name"]) = (id, name);

        var value = attempted ?? Text(For.Model);
        if (type is "textarea") input.InnerHtml.Append(value);
        else if (type is "checkbox") CheckBox(input, value);
        else Input(input, type, value);

        if (For.ModelExplorer.Metadata.IsRequired && type is not "checkbox") input.Attributes["required"] = "required";
        var describedBy = string.Join(' ', new[] { Hint is null ? null : $"{id}-hint", error is null ? null : $"{id}-error" }.OfType<string>());
        if (describedBy.Length > 0) input.Attributes["aria-describedby"] = describedBy;
        if (error is not null) (input.Attributes["aria-invalid"], input.Attributes["autofocus"]) = ("true", "autofocus");
        return Unit is null ? input : Framed(input);
    }

    private void Input(TagBuilder input, string type, string value)
    {
        input.TagRenderMode = TagRenderMode.SelfClosing;
        input.Attributes["type"] = type is "decimal" ? "text" : type;
        if (type is "decimal") input.Attributes["inputmode"] = "decimal";
        if (type is not "password" and not "file") input.Attributes["value"] = value;
        if (LengthLimit() is { } limit) input.Attributes["maxlength"] = limit.ToString(CultureInfo.InvariantCulture);
    }

    private static void CheckBox(TagBuilder input, string value)
    {
        input.TagRenderMode = TagRenderMode.SelfClosing;
        (input.Attributes["type"], input.Attributes["value"]) = ("checkbox", "true");
        if (value.Split(',')[0].Equals("true", StringComparison.OrdinalIgnoreCase)) input.Attributes["checked"] = "checked";
    }

    private TagBuilder Framed(TagBuilder input)
    {
        var frame = new TagBuilder("div");
        frame.AddCssClass("field__frame");
        var unit = new TagBuilder("span");
        unit.AddCssClass("field__unit");
        unit.InnerHtml.Append(Unit!);
        frame.InnerHtml.AppendHtml(input).AppendHtml(unit);
        return frame;
    }

    private int? LengthLimit() => For.ModelExplorer.Metadata.ValidatorMetadata.Select(rule => rule switch
    {
        StringLengthAttribute length => (int?)length.MaximumLength,
        MaxLengthAttribute length => length.Length,
        _ => null,
    }).FirstOrDefault(limit => limit is not null);

    private static string TypeOf(Microsoft.AspNetCore.Mvc.ModelBinding.ModelMetadata metadata) => metadata switch
    {
        { DataTypeName: nameof(DataType.Password) } => "password",
        { DataTypeName: nameof(DataType.EmailAddress) } => "email",
        { DataTypeName: nameof(DataType.MultilineText) } => "textarea",
        _ when metadata.UnderlyingOrModelType == typeof(bool) => "checkbox",
        _ when metadata.UnderlyingOrModelType == typeof(decimal) => "decimal",
        _ when metadata.UnderlyingOrModelType == typeof(int) => "number",
        _ when metadata.UnderlyingOrModelType == typeof(DateOnly) => "date",
        _ when metadata.UnderlyingOrModelType == typeof(IFormFile) => "file",
        _ => metadata.ValidatorMetadata.Any(rule => rule is EmailAddressAttribute) ? "email" : "text",
    };

    private static string Text(object? value) => value switch
    {
        null => "",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
