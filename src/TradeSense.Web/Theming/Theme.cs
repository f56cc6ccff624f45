namespace TradeSense.Web.Theming;

/// <summary>A folder of <c>themes/</c> as read from disk: complete, valid and with enough contrast, or the application does not start.</summary>
/// <param name="Tokens">Token → value for all of <see cref="ThemeTokens"/>.</param>
/// <param name="Mask">The logo for where SVG is not shown; a theme may lack it.</param>
public sealed record Theme(string Name, string Title, string Description, IReadOnlyDictionary<string, string> Tokens, string Logo, LogoMask? Mask);

/// <summary>How well one text colour reads on one ground.</summary>
public sealed record ContrastVerdict(string Scheme, string Text, string Ground, decimal Ratio, decimal Needed)
{
    public bool IsEnough => Ratio >= Needed;
}

/// <summary>What the owner's theme editor shows: the refusals by token, and every pair with its ratio. Overrides are used only when <see cref="IsAccepted"/>.</summary>
public sealed record ThemeVerdict(IReadOnlyList<Modules.Refusal> Refusals, IReadOnlyList<ContrastVerdict> Pairs)
{
    public bool IsAccepted => Refusals.Count == 0;
}

/// <summary>A theme with one tenant's overrides: the style sheet text, its hash for the address, and the choices the layouts render as attributes.</summary>
public sealed record BrandTheme(string Css, string Hash, string Logo, IReadOnlyDictionary<string, string> Tokens)
{
    public string DefaultScheme => Tokens["scheme"];
    public string Nav => Tokens["nav"];
    public string Density => Tokens["density"];
    public string Hero => Tokens["hero"];
}
