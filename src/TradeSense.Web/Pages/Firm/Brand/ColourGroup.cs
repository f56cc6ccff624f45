namespace TradeSense.Web.Pages.Firm.Brand;

/// <summary>Colour tokens of the editor that stand together, each for dark and light.</summary>
public sealed record ColourGroup(string Title, IReadOnlyList<string> Tokens, LookDraft Draft, bool IsOpen);
