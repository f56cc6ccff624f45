using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Payments;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Firm.Payments;

/// <summary>Payments that fit no order: the oldest first on the left, one case right. Whoever decides payouts lets it count or records its refund.</summary>
[Authorize(Policy = nameof(Permission.SeeMoney))]
public sealed class IndexModel(HeldPayments payments, ReleasePayment release, RefundPayment refund, DemandProof proof) : TradeSensePage
{
    public sealed record Input(string? Reason, string? Reference, string? Password);

    [BindProperty(SupportsGet = true)] public Guid? Id { get; set; }
    [BindProperty(SupportsGet = true)] public bool Decided { get; set; }
    [BindProperty] public Input Form { get; set; } = new(null, null, null);

    public IReadOnlyList<HeldPayments.Row> Rows { get; private set; } = [];
    public int Waiting { get; private set; }
    public HeldPayments.Case? Case { get; private set; }

    /// <summary>The password was shown within the last minutes: it need not be asked for.</summary>
    public bool IsProved { get; private set; }

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        await Read(ct);
        return Id is not null && Case is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostRelease(Guid id, CancellationToken ct) =>
        User.May(Permission.DecidePayouts) ? await Decide(() => release.Run(id, Form.Reason, User.UserId(), ct), "The payment counts; the challenge has started.", ct) : Forbid();

    public async Task<IActionResult> OnPostRefund(Guid id, CancellationToken ct) =>
        User.May(Permission.DecidePayouts) ? await Decide(() => refund.Run(new(id, Form.Reason, Form.Reference, User.UserId()), ct), "The refund is in the books.", ct) : Forbid();

    /// <summary>Money counts or goes back: whoever decides shows the password again.</summary>
    private async Task<IActionResult> Decide(Func<Task<Result>> decision, string done, CancellationToken ct)
    {
        var outcome = await proof.Run(User.UserId(), User.SessionId(), Form.Password, ct);
        if (!outcome.IsRefused) outcome = await decision();
        if (outcome.Refusal == PaymentRefusal.UnknownPayment) return NotFound();
        await Read(ct);
        if (outcome.IsRefused) return Refused(outcome.Refusal, "_Case", this);

        Toast(done);
        return RedirectToPage(new { id = (Guid?)null });
    }

    private async Task Read(CancellationToken ct)
    {
        Rows = await payments.Read(!Decided, ct);
        Waiting = await payments.Waiting(ct);
        IsProved = await proof.Stands(User.SessionId(), ct);
        if ((Id ?? (Rows.Count > 0 ? Rows[0].Id : null)) is { } open) Case = await payments.Find(open, ct);
    }
}
