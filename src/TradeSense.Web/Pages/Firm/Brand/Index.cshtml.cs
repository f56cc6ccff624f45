using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Content;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Security;
using TradeSense.Web.Theming;

namespace TradeSense.Web.Pages.Firm.Brand;

/// <summary>The firm's look and words: controls left, a real page in a frame and every contrast beside them; saved, both hold at once.</summary>
[Authorize(Policy = nameof(Permission.ManageBrand))]
public sealed class IndexModel(ThemeStore themes, BrandLook look, SaveLook saveLook, SaveWords saveWords) : TradeSensePage
{
    public sealed record Input
    {
        public string Theme { get; init; } = "";
        public string Basis { get; init; } = "";
        public Dictionary<string, string> Tokens { get; init; } = [];
        public Dictionary<string, string?> Words { get; init; } = [];
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    public LookDraft Draft { get; private set; } = null!;
    public IReadOnlyCollection<Theme> Themes => themes.All;
    public Tenant Firm => Tenant;

    public void OnGet() => Open();

    /// <summary>The editor with the unsaved look in its frame.</summary>
    public IActionResult OnPostPreview()
    {
        if (!Take()) return NotFound();
        return IsHtmx ? Fragment("_Editor", this) : Page();
    }

    public async Task<IActionResult> OnPostSave(CancellationToken ct)
    {
        if (!Take()) return NotFound();
        if (!Draft.Verdict.IsAccepted) return Refused(Draft.Verdict.Refusals[0] with { Field = null }, "_Editor", this);

        var saved = await saveLook.Run(new(Draft.Theme.Name, Draft.Overrides), ct);
        if (saved.IsRefused) return Refused(saved.Refusal, "_Editor", this);

        Toast("The new look is live.");
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostWords(CancellationToken ct)
    {
        var saved = await saveWords.Run(Form.Words.ToDictionary(pair => pair.Key, pair => pair.Value ?? ""), ct);
        Open();
        if (saved.IsRefused) return Refused(saved.Refusal, "_Words", this);

        Toast("Your words are live.");
        return RedirectToPage();
    }

    public string WordOf(string key) => Form.Words.TryGetValue(key, out var typed) ? typed ?? "" : Tenant.Texts.GetValueOrDefault(key, "");

    private void Open()
    {
        PageExceptions.Of(HttpContext).FramesOwnPages = true;
        Draft = LookDraft.Of(Tenant, themes, look);
    }

    private bool Take()
    {
        Open();
        if (LookDraft.Of(Form.Theme, Form.Basis, Form.Tokens, themes, look) is not { } draft) return false;

        Draft = draft;
        return true;
    }
}
