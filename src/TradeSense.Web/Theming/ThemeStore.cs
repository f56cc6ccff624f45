using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using TradeSense.Modules;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Web.Theming;

/// <summary>The themes of the <c>themes/</c> folder and, from them, each tenant's style sheet. A theme with a missing token or too little contrast stops the start.</summary>
public sealed class ThemeStore
{
    private readonly Dictionary<string, Theme> _themes;
    private readonly ConcurrentDictionary<Tenant, BrandTheme> _brands = new(ReferenceEqualityComparer.Instance);

    public ThemeStore(string folder)
    {
        _themes = Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Select(Read).ToDictionary(theme => theme.Name);
    }

    public static string DefaultFolder { get; } = Path.Combine(AppContext.BaseDirectory, "themes");

    public IReadOnlyCollection<Theme> All => _themes.Values;

    public Theme? Find(string name) => _themes.GetValueOrDefault(name);

    /// <summary>The tenant's look. Overrides were validated when they were saved; should one no longer pass, the plain theme is used rather than an unreadable page.</summary>
    public BrandTheme For(Tenant tenant)
    {
        if (_brands.TryGetValue(tenant, out var known)) return known;
        if (_brands.Count > 10_000) _brands.Clear(); // Each refresh of the directory brings new records; the old ones go here.

        return _brands.GetOrAdd(tenant, Build);
    }

    /// <summary>Judges overrides before they are saved: token → value, <c>dark.primary</c> → <c>#007AFF</c>.</summary>
    public ThemeVerdict Validate(string themeName, IReadOnlyDictionary<string, string> overrides)
    {
        if (Find(themeName) is not { } theme) return new ThemeVerdict([ThemeRefusal.UnknownTheme.With(themeName)], []);

        var refusals = overrides.Select(pair => Judge(pair.Key, pair.Value)).OfType<Refusal>().ToList();
        if (refusals.Count > 0) return new ThemeVerdict(refusals, []);

        var pairs = Contrasts(Merge(theme.Tokens, overrides));
        return new ThemeVerdict([.. pairs.Where(pair => !pair.IsEnough).Select(LowContrast)], pairs);
    }

    /// <summary>A look that is not saved, for the editor's preview; null when the overrides are refused.</summary>
    public BrandTheme? Preview(string themeName, IReadOnlyDictionary<string, string> overrides) =>
        Validate(themeName, overrides).IsAccepted && Find(themeName) is { } theme ? ThemeStylesheet.Render(Merge(theme.Tokens, overrides), theme.Logo) : null;

    private BrandTheme Build(Tenant tenant)
    {
        var theme = Find(tenant.Theme) ?? _themes.Values.First();
        var overrides = Validate(theme.Name, tenant.ThemeOverrides).IsAccepted ? tenant.ThemeOverrides : new Dictionary<string, string>();
        return ThemeStylesheet.Render(Merge(theme.Tokens, overrides), theme.Logo);
    }

    private static Refusal? Judge(string token, string value) => ThemeTokens.Exists(token) switch
    {
        false => ThemeRefusal.UnknownToken.With(token) with { Field = token },
        true when ThemeTokens.IsValid(token, value) => null,
        true when ThemeTokens.Shapes.TryGetValue(token, out var choices) =>
            ThemeRefusal.InvalidChoice.With(token, string.Join(", ", choices)) with { Field = token },
        true => ThemeRefusal.InvalidColour.With(token) with { Field = token },
    };

    private static Refusal LowContrast(ContrastVerdict pair) => ThemeRefusal.LowContrast.With(
        pair.Text, pair.Ground, pair.Scheme, pair.Ratio.ToString(CultureInfo.InvariantCulture), pair.Needed.ToString(CultureInfo.InvariantCulture))
        with
    { Field = $"{pair.Scheme}.{pair.Text}" };

    private static List<ContrastVerdict> Contrasts(Dictionary<string, string> tokens) =>
    [
        .. from scheme in (string[])["dark", "light"]
           from pair in ThemeTokens.Pairs
           select new ContrastVerdict(scheme, pair.Text, pair.Ground,
               ThemeTokens.Contrast(tokens[$"{scheme}.{pair.Text}"], tokens[$"{scheme}.{pair.Ground}"]), pair.Needed),
    ];

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> tokens, IReadOnlyDictionary<string, string> overrides)
    {
        var merged = new Dictionary<string, string>(tokens);
        foreach (var (token, value) in overrides) merged[token] = value;
        return merged;
    }

    private static Theme Read(string folder)
    {
        var file = Path.Combine(folder, "theme.json");
        var parsed = JsonSerializer.Deserialize<ThemeFile>(File.ReadAllText(file), JsonSerializerOptions.Web)
            ?? throw new InvalidDataException($"{file} is empty.");
        var tokens = parsed.Shape
            .Concat(parsed.Dark.Select(pair => KeyValuePair.Create($"dark.{pair.Key}", pair.Value)))
            .Concat(parsed.Light.Select(pair => KeyValuePair.Create($"light.{pair.Key}", pair.Value)))
            .ToDictionary(pair => pair.Key, pair => pair.Value);

        Check(file, tokens);
        return new Theme(Path.GetFileName(folder), parsed.Title, parsed.Description, tokens, File.ReadAllText(Path.Combine(folder, "logo.svg")), LogoMask.Read(Path.Combine(folder, "logo.png")));
    }

    private static void Check(string file, Dictionary<string, string> tokens)
    {
        string[] needed = [.. ThemeTokens.Shapes.Keys, .. from scheme in (string[])["dark", "light"] from name in ThemeTokens.Colours select $"{scheme}.{name}"];
        string[] problems =
        [
            .. needed.Except(tokens.Keys).Select(token => $"{token} is missing"),
            .. tokens.Where(pair => !ThemeTokens.IsValid(pair.Key, pair.Value)).Select(pair => $"{pair.Key} cannot be {pair.Value}"),
        ];
        if (problems.Length == 0) problems = [.. Contrasts(tokens).Where(pair => !pair.IsEnough).Select(Describe)];
        if (problems.Length > 0) throw new InvalidDataException($"{file}: {string.Join("; ", problems)}.");
    }

    private static string Describe(ContrastVerdict pair) => string.Create(
        CultureInfo.InvariantCulture, $"{pair.Scheme}: {pair.Text} on {pair.Ground} has contrast {pair.Ratio}, needs {pair.Needed}");

    private sealed record ThemeFile(
        string Title, string Description, Dictionary<string, string> Shape, Dictionary<string, string> Dark, Dictionary<string, string> Light);
}
