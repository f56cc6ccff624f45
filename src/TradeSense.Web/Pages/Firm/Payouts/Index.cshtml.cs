using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Payouts;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Firm.Payouts;

/// <summary>The payout queue: oldest clock first on the left, one case with its evidence on the right; after a decision the next case opens by itself.</summary>
[Authorize(Policy = nameof(Permission.SeeMoney))]
public sealed class IndexModel(PayoutQueue queue, PayoutCase cases, ApprovePayout approve, RejectPayout reject, DemandProof proof) : TradeSensePage
{
    public sealed record Input(string? Reason, string? Password);

    [BindProperty(SupportsGet = true)] public Guid? Id { get; set; }
    [BindProperty(SupportsGet = true)] public bool Decided { get; set; }
    [BindProperty] public Input Form { get; set; } = new(null, null);

    public IReadOnlyList<PayoutQueue.Row> Rows { get; private set; } = [];
    public PayoutQueue.Clock Clock { get; private set; } = null!;
    public PayoutCase.View? Case { get; private set; }

    /// <summary>The password was shown within the last minutes: it need not be asked for.</summary>
    public bool IsProved { get; private set; }

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        await Read(ct);
        return Id is not null && Case is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostApprove(Guid id, CancellationToken ct) =>
        User.May(Permission.DecidePayouts) ? await Decide(await Approve(id, ct), "approved", ct) : Forbid();

    public async Task<IActionResult> OnPostReject(Guid id, CancellationToken ct) =>
        User.May(Permission.DecidePayouts) ? await Decide(await reject.Run(id, Form.Reason, User.UserId(), ct), "rejected", ct) : Forbid();

    /// <summary>Money leaves: whoever approves shows the password again.</summary>
    private async Task<Result> Approve(Guid id, CancellationToken ct)
    {
        var proved = await proof.Run(User.UserId(), User.SessionId(), Form.Password, ct);
        return proved.IsRefused ? proved : await approve.Run(id, User.UserId(), ct);
    }

    private async Task<IActionResult> Decide(Result outcome, string word, CancellationToken ct)
    {
        if (outcome.Refusal == PayoutRefusal.Unknown) return NotFound();
        await Read(ct);
        if (outcome.IsRefused) return Refused(outcome.Refusal, "_Case", this);

        Toast(Case!.Payout.Status is PayoutStatus.AwaitingDecision ? $"Payout {Case.Payout.Number} waits for a second approval by somebody else." : $"Payout {Case.Payout.Number} was {word}.");
        return RedirectToPage(new { id = (Guid?)null });
    }

    private async Task Read(CancellationToken ct)
    {
        Rows = await queue.Read(!Decided, ct);
        Clock = await queue.Clocks(ct);
        IsProved = await proof.Stands(User.SessionId(), ct);
        if ((Id ?? (Rows.Count > 0 ? Rows[0].Id : null)) is { } open) Case = await cases.Read(open, ct);
    }
}
