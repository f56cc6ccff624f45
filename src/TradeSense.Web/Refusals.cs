using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using TradeSense.Modules;

namespace TradeSense.Web;

/// <summary>The one translator of refusals: into words, into a form's errors, into the API's problem details. The words stand in each module's <c>refusals.en.json</c>.</summary>
public sealed class Refusals
{
    private readonly Dictionary<string, string> _words;

    public Refusals() : this(typeof(Refusal).Assembly, typeof(Refusals).Assembly) { }

    public Refusals(params Assembly[] assemblies) => _words = assemblies.SelectMany(Read).ToDictionary(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Words => _words;

    /// <summary>The sentence for a person. A code without words is a bug, but no reason to hide the refusal: the code itself is shown.</summary>
    public string Text(Refusal refusal, IFormatProvider culture) =>
        _words.TryGetValue(refusal.Code, out var words) ? string.Format(culture, words, refusal.Arguments) : refusal.Code;

    /// <summary>Puts the words beside the field they concern. <paramref name="prefix"/> is the bound property's name, usually <c>Form</c>.</summary>
    public void AddTo(ModelStateDictionary modelState, Refusal refusal, IFormatProvider culture, string prefix = "Form") =>
        modelState.AddModelError(refusal.Field is { } field ? $"{prefix}.{field}" : "", Text(refusal, culture));

    public ProblemDetails Problem(Refusal refusal) => new()
    {
        Status = StatusCodes.Status422UnprocessableEntity,
        Title = Text(refusal, CultureInfo.InvariantCulture),
        Extensions = { ["code"] = refusal.Code, ["field"] = refusal.Field },
    };

    /// <summary>Only files named refusals.en.json are embedded with names of this shape; the same code in two modules throws at start.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Read(Assembly assembly) =>
        from name in assembly.GetManifestResourceNames()
        where name.StartsWith("refusals", StringComparison.Ordinal) && name.EndsWith("refusals.en.json", StringComparison.Ordinal)
        from pair in Parse(assembly, name)
        select pair;

    private static Dictionary<string, string> Parse(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }
}
