using Microsoft.AspNetCore.Mvc;

namespace TradeSense.Web.Pages.Site.Verify;

/// <summary>Anyone with an evidence bundle can have it checked here, or offline by the command line.</summary>
[RequestFormLimits(MultipartBodyLengthLimit = FileDesk.LargestForm)]
[RequestSizeLimit(FileDesk.LargestForm)]
public sealed class IndexModel(FileDesk desk) : TradeSensePage
{
    public sealed record Input
    {
        public IFormFile? Bundle { get; init; }
    }

    [BindProperty] public Input Form { get; set; } = new();
    public FileCheck? Checked { get; private set; }
    public string FirmName => Tenant.Name;

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        Checked = await desk.Check(Form.Bundle, ct);
        if (Checked is not null) return Page();

        ModelState.AddModelError("Form.Bundle", "Choose a bundle of at most 8 MB: the file that “Download the evidence” gives on a receipt.");
        return Invalid("_UploadForm", Form);
    }
}
