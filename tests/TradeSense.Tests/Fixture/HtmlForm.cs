using System.Reflection;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace TradeSense.Tests.Fixture;

/// <summary>A form of a page, submitted as a browser does: its hidden fields and defaults go along, so antiforgery is always part of the test.</summary>
public sealed class HtmlForm(HtmlClient client, Uri address, IHtmlFormElement form)
{
    /// <summary>Names of all fields, with what they would send now.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields => [.. Controls().SelectMany(Defaults)];

    /// <summary>
    /// Fills the fields and submits. A value's name is the field's or its last part (<c>Email</c> for <c>Form.Email</c>); null leaves a field out, as an
    /// unticked box does. A name the form does not have is a failure: use <see cref="Tamper"/> to send what the page never offered.
    /// </summary>
    public Task<Page> Submit(object? values = null, string? button = null, bool asHtmx = false) => Send(Filled(values), button, asHtmx);

    /// <summary>Submits with one field set to whatever an attacker likes.</summary>
    public Task<Page> Tamper(string name, string value, object? values = null)
    {
        var fields = Filled(values).Where(field => field.Name != name).Append((name, value)).ToList();
        return Send(fields, null, false);
    }

    /// <summary>Submits with a file in the named field.</summary>
    public Task<Page> Upload(string field, string fileName, string contentType, byte[] bytes, object? values = null)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in Filled(values)) content.Add(new StringContent(value), name);
        content.Add(new ByteArrayContent(bytes) { Headers = { ContentType = new(contentType) } }, NameOf(field), fileName);
        return client.Send(HttpMethod.Post, Target(null), content, null);
    }

    private Task<Page> Send(List<(string Name, string Value)> fields, string? button, bool asHtmx)
    {
        var submitter = Submitter(button);
        if (submitter?.GetAttribute("name") is { Length: > 0 } name) fields.Add((name, submitter.GetAttribute("value") ?? ""));

        var pairs = fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).ToList();
        Action<HttpRequestMessage>? prepare = asHtmx ? request => request.Headers.Add("HX-Request", "true") : null;
        if (string.Equals(form.GetAttribute("method") ?? "get", "post", StringComparison.OrdinalIgnoreCase))
            return client.Send(HttpMethod.Post, Target(submitter), new FormUrlEncodedContent(pairs), prepare);

        var query = string.Join('&', pairs.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        return client.Send(HttpMethod.Get, new UriBuilder(Target(submitter)) { Query = query }.Uri, null, prepare);
    }

    private Uri Target(IElement? submitter) => new(address, submitter?.GetAttribute("formaction") ?? form.GetAttribute("action") ?? "");

    private List<(string Name, string Value)> Filled(object? values)
    {
        var fields = Fields.ToList();
        foreach (var (given, value) in Read(values))
        {
            var name = NameOf(given);
            var place = fields.FindIndex(field => field.Name == name);
            // A checkbox's hidden twin comes after it and says false; what the test gives stands alone.
            fields.RemoveAll(field => field.Name == name);
            if (value is not null) fields.Insert(place < 0 ? fields.Count : place, (name, value));
        }

        return fields;
    }

    private static IEnumerable<(string Name, string? Value)> Read(object? values) => values switch
    {
        null => [],
        IReadOnlyDictionary<string, string?> dictionary => dictionary.Select(pair => (pair.Key, pair.Value)),
        _ => values.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => (property.Name, TextOf(property.GetValue(values)))),
    };

    private static string? TextOf(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private string NameOf(string given)
    {
        var names = Controls().Select(control => control.GetAttribute("name")!).Distinct().ToList();
        return names.Find(name => name == given)
            ?? names.Find(name => name.EndsWith("." + given, StringComparison.OrdinalIgnoreCase) || string.Equals(name, given, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException($"The form has no field “{given}”, only: {string.Join(", ", names)}");
    }

    private IEnumerable<IElement> Controls() => form.Elements
        .Where(control => control.GetAttribute("name") is { Length: > 0 } && control is not IHtmlButtonElement && control.GetAttribute("type") is not ("submit" or "button" or "image"));

    private static IEnumerable<(string Name, string Value)> Defaults(IElement control)
    {
        var name = control.GetAttribute("name")!;
        if (control.HasAttribute("disabled")) return [];

        return control switch
        {
            IHtmlInputElement { Type: "file" } => [],
            IHtmlInputElement { Type: "checkbox" or "radio" } box => box.IsChecked ? [(name, box.Value is { Length: > 0 } value ? value : "on")] : [],
            IHtmlInputElement input => [(name, input.Value)],
            IHtmlTextAreaElement area => [(name, area.Value)],
            IHtmlSelectElement select => select.Options.Where(option => option.IsSelected).Select(option => (name, option.Value)),
            _ => [],
        };
    }

    private IElement? Submitter(string? button)
    {
        var buttons = form.Elements.Where(control => control is IHtmlButtonElement { Type: "submit" } or IHtmlInputElement { Type: "submit" }).Cast<IElement>().ToList();
        if (button is null) return buttons.Count == 1 ? buttons[0] : null;

        return buttons.Find(element => Page.Tidy(element.TextContent) == button || element.GetAttribute("value") == button || element.GetAttribute("name") == button)
            ?? throw new InvalidOperationException($"The form has no button “{button}”, only: {string.Join(", ", buttons.Select(element => Page.Tidy(element.TextContent)))}");
    }
}
