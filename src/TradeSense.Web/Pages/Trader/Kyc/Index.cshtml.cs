using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Kyc;
using TradeSense.Web.Forms;
using TradeSense.Web.Identity;
using TradeSense.Web.Security;

namespace TradeSense.Web.Pages.Trader.Kyc;

[RequestFormLimits(MultipartBodyLengthLimit = 3L * DocumentFile.LargestBytes)]
[RequestSizeLimit(3L * DocumentFile.LargestBytes)]
public sealed class IndexModel(KycStanding standing, SubmitKyc submit, ChallengeOverview challenges) : TradeSensePage
{
    public sealed record Input
    {
        [Required(ErrorMessage = "Choose the kind of document.")]
        public DocumentKind? Kind { get; init; }

        public IFormFile? Front { get; init; }
        public IFormFile? Back { get; init; }
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    public KycStanding.Picture Standing { get; private set; } = null!;

    /// <summary>The challenge whose contract waits for a signature.</summary>
    public Guid? ContractDue { get; private set; }

    public string TenantName => Tenant.Name;

    public bool MayHandIn => Standing.Status is KycStatus.None or KycStatus.Rejected;

    public async Task OnGet(CancellationToken ct)
    {
        PageExceptions.Of(HttpContext).Camera = true;
        Standing = await standing.Of(User.UserId(), ct);
        if (Standing.Status is KycStatus.Approved) ContractDue = (await challenges.Of(User.UserId(), ct)).FirstOrDefault(challenge => challenge.Next is NextStep.SignContract)?.Id;
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await OnGet(ct);
        if (!ModelState.IsValid) return Invalid("_DocumentForm", this);

        var submitted = await submit.Run(new(User.UserId(), Form.Kind!.Value, await Read(Form.Front, ct), await Read(Form.Back, ct)), ct);
        if (submitted.IsRefused) return Refused(submitted.Refusal, "_DocumentForm", this);

        Toast("Your document is handed in. We check it and tell you by e-mail.");
        return RedirectToPage();
    }

    private static async Task<SubmitKyc.Upload?> Read(IFormFile? file, CancellationToken ct) =>
        await file.Read(DocumentFile.LargestBytes, ct) is { } upload ? new SubmitKyc.Upload(upload.Name, upload.Bytes) : null;
}
