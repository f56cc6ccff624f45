using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Kyc;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Firm.Kyc;

/// <summary>The review queue: cases left, one case right, a decision at the bottom; after it the next case opens by itself.</summary>
[Authorize(Policy = nameof(Permission.ReviewKyc))]
public sealed class IndexModel(KycQueue queue, ApproveKyc approve, RejectKyc reject, ProveAgain prove, FreshProof proof) : TradeSensePage
{
    private const int PageSize = 25;

    public sealed record Input
    {
        public int Tier { get; init; } = 2;

        [StringLength(500)]
        public string Reason { get; init; } = "";

        [DataType(DataType.Password)]
        public string? Password { get; init; }
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public KycStatus Status { get; set; } = KycStatus.Submitted;

    [BindProperty(Name = "p", SupportsGet = true)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<KycQueue.Row> Rows { get; private set; } = [];
    public int Pages { get; private set; }
    public int Waiting { get; private set; }
    public KycQueue.Case? Case { get; private set; }

    /// <summary>The password was shown within the last minutes: documents may be seen.</summary>
    public bool IsProved { get; private set; }

    public async Task<IActionResult> OnGet(Guid? caseId, CancellationToken ct)
    {
        await Read(caseId, ct);
        return caseId is not null && Case is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostApprove(Guid caseId, CancellationToken ct) =>
        await Decided(caseId, await approve.Run(new(caseId, Form.Tier, User.UserId()), ct), "approved", ct);

    public async Task<IActionResult> OnPostReject(Guid caseId, CancellationToken ct) =>
        await Decided(caseId, await reject.Run(new(caseId, Form.Reason, User.UserId()), ct), "rejected", ct);

    public async Task<IActionResult> OnPostProve(Guid caseId, CancellationToken ct)
    {
        var proved = await prove.Run(User.UserId(), User.SessionId(), Form.Password, ct);
        await Read(caseId, ct);
        return proved.IsRefused ? Refused(proved.Refusal, "_Case", this) : RedirectToPage(new { caseId, Status });
    }

    private async Task<IActionResult> Decided(Guid caseId, Result outcome, string word, CancellationToken ct)
    {
        if (outcome.Refusal == KycRefusal.UnknownCase) return NotFound();
        await Read(caseId, ct);
        if (outcome.IsRefused) return Refused(outcome.Refusal, "_Case", this);

        Toast($"{Case!.UserName} was {word}.");
        return RedirectToPage(new { caseId = (Guid?)null });
    }

    private async Task Read(Guid? caseId, CancellationToken ct)
    {
        Number = Math.Clamp(Number, 1, 10_000);
        if (Status is KycStatus.None) Status = KycStatus.Submitted;
        (Rows, var total) = await queue.Read(Status, Number, PageSize, ct);
        Pages = (total + PageSize - 1) / PageSize;
        Waiting = await queue.Waiting(ct);
        if ((caseId ?? (Rows.Count > 0 ? Rows[0].Id : null)) is { } open) Case = await queue.Find(open, ct);
        IsProved = await proof.Stands(User.SessionId(), ct);
    }
}
