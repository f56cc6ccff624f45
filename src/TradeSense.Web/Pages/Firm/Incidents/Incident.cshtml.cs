using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Risk.Incidents;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Firm.Incidents;

/// <summary>One incident with the accounts it touched, and the decisions on them.</summary>
[Authorize(Policy = nameof(Permission.DecideAppeals))]
public sealed class IncidentModel(IncidentList incidents, ProposeRemedy propose, ConfirmRemedy confirm, LetStand letStand) : TradeSensePage
{
    public sealed record Input(decimal? Amount, string? Words);

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public Input Form { get; set; } = new(null, null);

    public IncidentList.Picture Picture { get; private set; } = null!;

    public Task<IActionResult> OnGet(CancellationToken ct) => Show(null, ct);

    public async Task<IActionResult> OnPostPropose(Guid touch, CancellationToken ct) => await Show(await propose.Run(new(touch, Form.Amount, Form.Words, User.UserId()), ct), ct);

    public async Task<IActionResult> OnPostConfirm(Guid touch, CancellationToken ct) => await Show(await confirm.Run(touch, User.UserId(), ct), ct);

    public async Task<IActionResult> OnPostLetStand(Guid touch, CancellationToken ct) => await Show(await letStand.Run(touch, Form.Words, User.UserId(), ct), ct);

    private async Task<IActionResult> Show(Result? decided, CancellationToken ct)
    {
        if (await incidents.Open(Id, ct) is not { } picture) return NotFound();

        Picture = picture;
        if (decided is not { } result) return Page();
        if (result.IsRefused) return Refused(result.Refusal, "_Accounts", this);

        Toast("Recorded.");
        return RedirectToPage(new { id = Id });
    }
}
