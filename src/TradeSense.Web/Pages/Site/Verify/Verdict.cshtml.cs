using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Risk;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Web.Pages.Trader.Accounts;

namespace TradeSense.Web.Pages.Site.Verify;

/// <summary>A verdict worked out again for whoever has its address: nobody's name stands here, and nothing is taken from a stored result.</summary>
[RequestFormLimits(MultipartBodyLengthLimit = FileDesk.LargestForm)]
[RequestSizeLimit(FileDesk.LargestForm)]
public sealed class VerdictModel(VerdictProof proofs, ReceiptDetail receipts, FileDesk desk) : TradeSensePage
{
    /// <summary>As many steps as explain the last moments; the bundle has all.</summary>
    public const int StepsShown = 40;

    [BindProperty] public IndexModel.Input Form { get; set; } = new();
    public VerdictProof.Picture Proof { get; private set; } = null!;
    public ReceiptView Receipt { get; private set; } = null!;
    public FileCheck? Checked { get; private set; }

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if (await proofs.Read(id, ct) is not { } proof || await receipts.Read(proof.Receipt.AccountId, id, null, ct) is not { } receipt) return NotFound();

        (Proof, Receipt) = (proof, new ReceiptView(receipt, proof.Terms.Currency));
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, CancellationToken ct)
    {
        if (await OnGet(id, ct) is NotFoundResult missing) return missing;
        Checked = await desk.Check(Form.Bundle, ct);
        if (Checked is not null) return Page();

        ModelState.AddModelError("Form.Bundle", "Choose a bundle of at most 8 MB: the file that “Download the evidence” gives on a receipt.");
        return Invalid("_UploadForm", Form);
    }
}
