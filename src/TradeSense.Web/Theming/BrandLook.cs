using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Security;

namespace TradeSense.Web.Theming;

/// <summary>The look of this request: the tenant's theme, or the draft an owner previews, and the visitor's colour scheme.</summary>
/// <remarks>A draft travels as a sealed query value of this tenant, valid for an hour, so that a preview needs no table and shows nobody else anything.
/// <c>/?draft={look.Seal(theme, overrides)}</c> in a frame of the editor is the real page in the unsaved look.</remarks>
public sealed class BrandLook(CurrentTenant tenant, ThemeStore themes, IDataProtectionProvider protection, IHttpContextAccessor accessor)
{
    public const string DraftParameter = "draft";

    private BrandTheme? _theme;
    private string? _draft;

    public BrandTheme Theme => _theme ??= Find();

    public string Scheme => ColourScheme.Of(accessor.HttpContext!, Theme);

    public string StylesheetAddress => Address("/theme.css");

    public string LogoAddress => Address("/brand/logo.svg");

    /// <summary>Seals a look for previews; null when it would be refused (see <see cref="ThemeStore.Validate"/>).</summary>
    public string? Seal(string themeName, IReadOnlyDictionary<string, string> overrides) => themes.Validate(themeName, overrides).IsAccepted
        ? Protector().Protect(JsonSerializer.Serialize(new Draft(themeName, new Dictionary<string, string>(overrides))), TimeSpan.FromHours(1))
        : null;

    private BrandTheme Find()
    {
        var context = accessor.HttpContext!;
        if (context.Request.Query[DraftParameter].FirstOrDefault() is not { Length: > 0 and < 4000 } sealedDraft || Open(sealedDraft) is not { } theme)
            return themes.For(tenant.Value);

        _draft = sealedDraft;
        PageExceptions.Of(context).FramedByOwnPages = true;
        return theme;
    }

    private BrandTheme? Open(string sealedDraft)
    {
        try
        {
            var draft = JsonSerializer.Deserialize<Draft>(Protector().Unprotect(sealedDraft))!;
            return themes.Preview(draft.Theme, draft.Overrides);
        }
        catch (CryptographicException)
        {
            return null; // Expired, made up, or another tenant's: the saved look is shown.
        }
    }

    private string Address(string path) => Theme is var theme && _draft is { } draft
        ? $"{path}?{DraftParameter}={Uri.EscapeDataString(draft)}"
        : $"{path}?v={theme.Hash}";

    private ITimeLimitedDataProtector Protector() => protection.CreateProtector($"Tenant:{tenant.Id:N}", "theme-draft", "v1").ToTimeLimitedDataProtector();

    private sealed record Draft(string Theme, Dictionary<string, string> Overrides);
}
