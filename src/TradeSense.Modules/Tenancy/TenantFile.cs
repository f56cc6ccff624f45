using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Tenancy;

/// <summary>One thing wrong with a tenant file: the field's path (<c>tenants[0].currency</c>), its line, and what to do.</summary>
public sealed record TenantFileProblem(string Path, int Line, string Message)
{
    public override string ToString() => $"line {Line}: {Path}: {Message}";
}

/// <summary>A part of a tenant's file that one module owns: <c>models</c>, <c>gateways</c>, <c>people</c> …</summary>
public interface ITenantSection
{
    string Name { get; }

    /// <summary>Everything wrong with the section, each with its path below the section (<c>[1].phases[0].target</c>). Must not touch the database.</summary>
    IEnumerable<(string Path, string Message)> Check(JsonElement section);

    /// <summary>Creates or updates what the section describes, in the tenant's transaction. Runs at every start, so it must change nothing when nothing changed.</summary>
    Task Apply(JsonElement section, CancellationToken ct);

    /// <summary>The section as it would stand in a file today; null when there is nothing.</summary>
    Task<JsonNode?> Export(CancellationToken ct);
}

/// <summary>One tenant as a file describes it, checked: its own fields, and its sections still as JSON.</summary>
public sealed record TenantDescription(
    string Slug, string Name, TenantKind Kind, IReadOnlyList<string> Hosts, string Culture, Currency Currency, TradingDay TradingDay, string Theme,
    IReadOnlyDictionary<string, string> ThemeOverrides, IReadOnlyDictionary<string, string> Texts, IReadOnlyList<string> ProhibitedCountries,
    IReadOnlyDictionary<string, JsonElement> Sections)
{
    /// <summary>SHA-256 in hex over everything described, so that two readings of one description are known as the same.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new { Own = this with { Sections = Empty }, Sections = new SortedDictionary<string, JsonElement>(Sections.ToDictionary(), StringComparer.Ordinal) }, HashOptions)));

    private static readonly Dictionary<string, JsonElement> Empty = [];

    /// <summary>The description's own hash is not part of what is hashed.</summary>
    private static readonly JsonSerializerOptions HashOptions = new(Json.Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { info => { if (info.Type == typeof(TenantDescription)) info.Properties.Remove(info.Properties.Single(property => property.Name == "hash")); } } },
    };
}

/// <summary>Reads <c>tenants.json</c>. All problems are found before anything is created.</summary>
public sealed class TenantFile
{
    private static readonly string[] OwnFields =
        ["slug", "name", "kind", "hosts", "culture", "currency", "tradingDay", "theme", "themeOverrides", "texts", "prohibitedCountries"];

    private readonly List<TenantFileProblem> _problems = [];
    private readonly IReadOnlyDictionary<string, ITenantSection> _sections;
    private readonly JsonLines _lines;

    private TenantFile(byte[] utf8, IEnumerable<ITenantSection> sections)
    {
        _sections = sections.ToDictionary(section => section.Name);
        _lines = new JsonLines(utf8);
    }

    public static (IReadOnlyList<TenantDescription> Tenants, IReadOnlyList<TenantFileProblem> Problems) Parse(string json, IEnumerable<ITenantSection> sections)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var file = new TenantFile(utf8, sections);
            var tenants = file.ReadAll(document.RootElement.Clone());
            return (tenants, file._problems);
        }
        catch (JsonException error)
        {
            return ([], [new TenantFileProblem(error.Path ?? "(file)", (int)(error.LineNumber ?? 0) + 1, "This is not JSON: " + error.Message)]);
        }
    }

    private List<TenantDescription> ReadAll(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("tenants", out var list) || list.ValueKind is not JsonValueKind.Array)
        {
            Problem("tenants", "The file must be an object with a list named “tenants”.");
            return [];
        }

        var tenants = list.EnumerateArray().Select((element, i) => ReadOne(element, $"tenants[{i}]")).ToList();
        Unique(tenants.Select((tenant, i) => ($"tenants[{i}].slug", tenant.Slug)));
        Unique(tenants.SelectMany((tenant, i) => tenant.Hosts.Select((host, j) => ($"tenants[{i}].hosts[{j}]", host))));
        return tenants;
    }

    private TenantDescription ReadOne(JsonElement element, string path)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            Problem(path, "A tenant is an object.");
            element = JsonSerializer.SerializeToElement(new { });
        }

        foreach (var field in element.EnumerateObject().Where(field => !OwnFields.Contains(field.Name) && !_sections.ContainsKey(field.Name)))
            Problem($"{path}.{field.Name}", "There is no such field.");
        foreach (var section in element.EnumerateObject().Where(field => _sections.ContainsKey(field.Name)))
            foreach (var (below, message) in _sections[section.Name].Check(section.Value))
                Problem($"{path}.{section.Name}{below}", message);

        return new TenantDescription(
            Text(element, path, "slug", text => System.Text.RegularExpressions.Regex.IsMatch(text, "^[a-z][a-z0-9-]{1,40}$"), "Small letters, digits and hyphens, starting with a letter."),
            Text(element, path, "name", text => text.Trim().Length is > 0 and <= 80, "A name of 1 to 80 characters."),
            Text(element, path, "kind", text => Enum.TryParse<TenantKind>(text, true, out _), "Either “brand” or “platform”.", "brand") is var kind && Enum.TryParse<TenantKind>(kind, true, out var parsed) ? parsed : TenantKind.Brand,
            Texts(element, path, "hosts", host => Uri.CheckHostName(host) is UriHostNameType.Dns, "Host names without scheme or port.", required: true),
            Text(element, path, "culture", text => CultureInfo.GetCultures(CultureTypes.SpecificCultures).Any(culture => culture.Name == text), "A culture such as “en-US” or “de-DE”.", "en-US"),
            Currency.TryOf(Text(element, path, "currency", text => Currency.TryOf(text, out _), "A currency code such as “USD”.", "USD"), out var currency) ? currency : Currency.Usd,
            Day(element, path),
            Text(element, path, "theme", text => text.Length > 0, "The name of a folder of themes/.", "midnight"),
            Map(element, path, "themeOverrides"),
            Map(element, path, "texts"),
            Texts(element, path, "prohibitedCountries", country => country.Length == 2 && country.All(char.IsAsciiLetterUpper), "Two-letter country codes in capitals.", required: false),
            element.EnumerateObject().Where(field => _sections.ContainsKey(field.Name)).ToDictionary(field => field.Name, field => field.Value));
    }

    private TradingDay Day(JsonElement element, string path)
    {
        if (!element.TryGetProperty("tradingDay", out var day)) return TradingDay.Default;

        if (day.ValueKind is not JsonValueKind.Object)
        {
            Problem(path + ".tradingDay", "An object with “timeZone” and “startsAt”.");
            return TradingDay.Default;
        }

        var zone = Text(day, path + ".tradingDay", "timeZone", text => TimeZoneInfo.TryFindSystemTimeZoneById(text, out _), "An IANA time zone such as “Europe/Prague”.");
        var start = Text(day, path + ".tradingDay", "startsAt", text => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), "A local time as “17:00”.");
        return TimeOnly.TryParseExact(start, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var startsAt) ? new TradingDay(zone, startsAt) : TradingDay.Default;
    }

    private string Text(JsonElement element, string path, string field, Func<string, bool> good, string rule, string? otherwise = null)
    {
        if (!element.TryGetProperty(field, out var value))
        {
            if (otherwise is null) Problem($"{path}.{field}", "Missing. " + rule);
            return otherwise ?? "";
        }

        if (value.ValueKind is JsonValueKind.String && good(value.GetString()!)) return value.GetString()!;

        Problem($"{path}.{field}", rule);
        return otherwise ?? "";
    }

    private List<string> Texts(JsonElement element, string path, string field, Func<string, bool> good, string rule, bool required)
    {
        if (!element.TryGetProperty(field, out var list) || list.ValueKind is not JsonValueKind.Array || (required && list.GetArrayLength() == 0))
        {
            if (required || element.TryGetProperty(field, out _)) Problem($"{path}.{field}", "A list. " + rule);
            return [];
        }

        var texts = new List<string>();
        foreach (var (item, i) in list.EnumerateArray().Select((item, i) => (item, i)))
        {
            if (item.ValueKind is JsonValueKind.String && good(item.GetString()!)) texts.Add(item.GetString()!);
            else Problem($"{path}.{field}[{i}]", rule);
        }

        return texts;
    }

    private Dictionary<string, string> Map(JsonElement element, string path, string field)
    {
        if (!element.TryGetProperty(field, out var map)) return [];

        if (map.ValueKind is JsonValueKind.Object && map.EnumerateObject().All(entry => entry.Value.ValueKind is JsonValueKind.String))
            return map.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!);

        Problem($"{path}.{field}", "An object of texts.");
        return [];
    }

    private void Unique(IEnumerable<(string Path, string Value)> values)
    {
        foreach (var twice in values.Where(value => value.Value.Length > 0).GroupBy(value => value.Value, StringComparer.OrdinalIgnoreCase).SelectMany(group => group.Skip(1)))
            Problem(twice.Path, $"“{twice.Value}” is used twice.");
    }

    private void Problem(string path, string message) => _problems.Add(new TenantFileProblem(path, _lines.LineOf(path), message));
}
