using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Challenges;

namespace TradeSense.Web.Pages.Site;

/// <summary>Anyone who has a certificate's address can check here that this firm issued it, and under which terms.</summary>
public sealed class CertificateModel(CertificateDetail certificates) : TradeSensePage
{
    public CertificateDetail.Picture Certificate { get; private set; } = null!;

    public string FirmName => Tenant.Name;

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if (await certificates.Read(id, ct) is not { } found) return NotFound();

        Certificate = found;
        return Page();
    }
}
