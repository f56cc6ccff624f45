using System.Text.Json;
using TradeSense.Web.Identity;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Web.Pages.Firm.Audit;

/// <summary>An entry of the audit trail for a reader: codes in words, long keys and hashes by their beginning. The export keeps every character.</summary>
public static class AuditWords
{
    private const int Readable = 24, Beginning = 8;

    /// <param name="Whole">What the text was cut from; null when nothing was cut.</param>
    public sealed record Detail(string Name, string Text, string? Whole);

    /// <summary>sign_in.succeeded is Sign in succeeded.</summary>
    public static string Action(string code) => StatusPillTagHelper.Words(code.Replace('.', ' ').Replace(' ', '_'));

    /// <summary>user:01a1fe63-56ab-… is user, 01a1fe63.</summary>
    public static Detail Subject(string subject) => subject.Split(':', 2) is [var kind, var key] ? Short(StatusPillTagHelper.Words(kind), key) : Short("", subject);

    public static IReadOnlyList<Detail> Details(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind is JsonValueKind.Object
            ? [.. document.RootElement.EnumerateObject().Where(field => field.Value.ValueKind is not JsonValueKind.Null).Select(field => Of(field.Name, field.Value))]
            : [new Detail("", json, null)];
    }

    private static Detail Of(string name, JsonElement value)
    {
        var text = value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();
        var words = StatusPillTagHelper.Words(name);
        return name == "device" ? new Detail(words, DeviceWords.Of(text), text) : Short(words, text);
    }

    /// <summary>Only keys and hashes are cut: long, and without a space.</summary>
    private static Detail Short(string name, string text) =>
        text.Length > Readable && text.All(letter => char.IsAsciiHexDigit(letter) || letter == '-') ? new Detail(name, text[..Beginning] + "…", text) : new Detail(name, text, null);
}
