using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Identity;
using TradeSense.Web.Theming;

namespace TradeSense.Web.Pages.Platform.Tenants;

public sealed class NewModel(OpenBrand open, ThemeStore themes) : TradeSensePage
{
    public sealed record Input : TenantInput
    {
        [StringLength(41)]
        public string Slug { get; init; } = "";

        public string Theme { get; init; } = "midnight";

        [DataType(DataType.EmailAddress), StringLength(254)]
        public string OwnerEmail { get; init; } = "";

        public string OwnerCountry { get; init; } = "";
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    public IReadOnlyCollection<Theme> Themes => themes.All;

    public void OnGet() { }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (!ModelState.IsValid) return Invalid("_NewForm", this);
        if (themes.Find(Form.Theme) is null) return NotFound();

        var opened = await open.Run(new(Form.Draft(Form.Slug ?? "", Form.Theme), Form.OwnerEmail ?? "", Form.OwnerCountry ?? ""), ct);
        if (opened.IsRefused) return Refused(opened.Refusal, "_NewForm", this);

        Toast($"{opened.Value.Name} is open at {opened.Value.Hosts[0]}. The invitation is on its way to {Form.OwnerEmail}.");
        return RedirectToPage("Tenant", new { tenantId = opened.Value.Id });
    }
}
