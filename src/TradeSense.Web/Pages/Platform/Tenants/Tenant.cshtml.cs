using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules;
using TradeSense.Modules.Analytics;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Web.Pages.Platform.Tenants;

/// <summary>One brand: its figures, its fields, and the switch that closes its site.</summary>
public sealed class TenantModel(TenantTable tenants, TenantPeople people, ChangeTenant change, SuspendTenant suspend) : TradeSensePage
{
    public sealed record Input : TenantInput
    {
        public string Reason { get; init; } = "";
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    public TenantTable.Row Row { get; private set; } = null!;
    public TenantPeople.Picture People { get; private set; } = TenantPeople.Picture.Empty;

    public async Task<IActionResult> OnGet(Guid tenantId, CancellationToken ct)
    {
        if (!await Read(tenantId, ct)) return NotFound();

        var fields = TenantInput.Of(TenantDraft.Of(Row.Tenant));
        Form = new Input
        {
            Name = fields.Name, Hosts = fields.Hosts, Culture = fields.Culture, Currency = fields.Currency, TimeZone = fields.TimeZone, DayStartsAt = fields.DayStartsAt,
            ProhibitedCountries = fields.ProhibitedCountries,
        };
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid tenantId, CancellationToken ct) =>
        await Done(tenantId, await change.Run(tenantId, Form.Draft("unchanged", "unchanged"), ct), "_ChangeForm", "Saved. It holds from the next request on.", ct);

    public async Task<IActionResult> OnPostSuspend(Guid tenantId, CancellationToken ct) =>
        await Done(tenantId, await suspend.Run(new(tenantId, Form.Reason ?? ""), ct), "_SuspendForm", "The site is closed.", ct);

    public async Task<IActionResult> OnPostResume(Guid tenantId, CancellationToken ct) =>
        await Done(tenantId, await suspend.Undo(tenantId, ct), "_SuspendForm", "The site is open again.", ct);

    private async Task<IActionResult> Done(Guid tenantId, Result outcome, string partial, string words, CancellationToken ct)
    {
        if (!await Read(tenantId, ct)) return NotFound();
        if (outcome.IsRefused && partial == "_SuspendForm") await RestoreFields(tenantId, ct);
        if (outcome.IsRefused) return Refused(outcome.Refusal, partial, this);

        Toast(words);
        return RedirectToPage(new { tenantId });
    }

    /// <summary>The suspend form carries no fields; the page's other form shows what is stored.</summary>
    private async Task RestoreFields(Guid tenantId, CancellationToken ct)
    {
        var reason = Form.Reason;
        ModelState.Clear();
        await OnGet(tenantId, ct);
        Form = Form with { Reason = reason };
    }

    private async Task<bool> Read(Guid tenantId, CancellationToken ct)
    {
        Row = (await tenants.Find(tenantId, ct))!;
        People = await people.Read(tenantId, ct);
        return Row is not null;
    }
}
