using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Kyc;
using TradeSense.Web.Identity;
using TradeSense.Web.Security;

namespace TradeSense.Web.Pages.Firm.Kyc;

/// <summary>The bytes of one document, under a sandbox and always as an attachment: a picture shows inside the page, nothing opens as a page of its own.</summary>
[Authorize(Policy = nameof(Permission.ReviewKyc))]
public sealed class DocumentModel(ViewKycDocument view) : TradeSensePage
{
    public async Task<IActionResult> OnGet(Guid documentId, CancellationToken ct)
    {
        var opened = await view.Run(documentId, User.SessionId(), ct);
        if (opened.Refusal == KycRefusal.NotProved) return Forbid();
        if (opened.IsRefused) return NotFound();

        PageExceptions.Of(HttpContext).Sandboxed = true;
        Response.Headers.CacheControl = "no-store";
        return File(opened.Value.Bytes, opened.Value.MediaType, $"document-{opened.Value.Side}.{opened.Value.Format}".ToLowerInvariant());
    }
}
