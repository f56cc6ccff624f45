using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Risk.Appeals;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Firm.Appeals;

/// <summary>The appeals: overdue ones first and red, one case with its evidence on the right. One person upholds; an overturn takes two.</summary>
[Authorize(Policy = nameof(Permission.DecideAppeals))]
public sealed class IndexModel(AppealQueue queue, UpholdVerdict uphold, ProposeOverturn propose, ConfirmOverturn confirm, ReinstateAgain again, ChangeAppealPromise promise) : TradeSensePage
{
    public sealed record Input(string? Reason, decimal? Balance);

    [BindProperty(SupportsGet = true)] public Guid? Id { get; set; }
    [BindProperty(SupportsGet = true)] public bool Decided { get; set; }
    [BindProperty] public Input Form { get; set; } = new(null, null);
    [BindProperty] public int Hours { get; set; }

    public IReadOnlyList<AppealQueue.Row> Rows { get; private set; } = [];
    public AppealQueue.Clock Clock { get; private set; } = null!;
    public AppealQueue.Case? Case { get; private set; }
    public Guid Me => User.UserId();
    public bool MayPromise => User.May(Permission.ManageBrand);

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        await Read(ct);
        return Id is not null && Case is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostUphold(Guid id, CancellationToken ct) => await Decide(await uphold.Run(id, Form.Reason, Me, ct), "The verdict is upheld, and the trader told.", ct);

    public async Task<IActionResult> OnPostPropose(Guid id, CancellationToken ct)
    {
        if (ModelState.IsValid) return await Decide(await propose.Run(new(id, Form.Reason, Form.Balance, Me), ct), "Proposed. A second person confirms.", ct);
        await Read(ct);
        return Invalid("_Case", this);
    }

    public async Task<IActionResult> OnPostConfirm(Guid id, CancellationToken ct) => await Decide(await confirm.Run(id, Me, ct), "Overturned. The account is being reinstated, and the trader told.", ct);

    public async Task<IActionResult> OnPostRetry(Guid id, CancellationToken ct)
    {
        if (!ModelState.IsValid)
        {
            await Read(ct);
            return Invalid("_Case", this);
        }

        var tried = await again.Run(new(id, Form.Balance, Me), ct);
        if (tried.IsRefused) return await Decide(tried.Refusal, "", ct);
        return await Decide(Result.Ok, tried.Value ? "Being tried again; the trader is told when the account trades." : "Proposed. A second person agrees to the balance.", ct);
    }

    public async Task<IActionResult> OnPostPromise(CancellationToken ct)
    {
        if (!MayPromise) return Forbid();
        var changed = await promise.Run(Hours, ct);
        await Read(ct);
        if (changed.IsRefused) return Refused(changed.Refusal, "_Promise", this, prefix: "");

        Toast($"New appeals are answered within {Hours} hours.");
        return RedirectToPage();
    }

    private async Task<IActionResult> Decide(Result outcome, string words, CancellationToken ct)
    {
        if (outcome.Refusal == AppealRefusal.Unknown) return NotFound();
        await Read(ct);
        if (outcome.IsRefused) return Refused(outcome.Refusal, "_Case", this);

        Toast(words);
        return RedirectToPage(new { id = (Guid?)null });
    }

    private async Task Read(CancellationToken ct)
    {
        Rows = await queue.Read(!Decided, ct);
        Clock = await queue.Clocks(ct);
        if (Hours == 0) Hours = await promise.Hours(ct);
        if ((Id ?? (Rows.Count > 0 ? Rows[0].Id : null)) is { } open) Case = await queue.Open(open, ct);
    }
}
