using System.Text;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Forms;

namespace TradeSense.Web.Pages.Site.Verify;

/// <summary>Takes a bundle from anyone, checks it against itself, against the brand's published keys and against what is stored.</summary>
public sealed class FileDesk(VerdictProof proofs, CurrentTenant tenant)
{
    public const int LargestBytes = 8 * 1024 * 1024;

    /// <summary>A form is a little larger than its file.</summary>
    public const long LargestForm = LargestBytes + 64 * 1024;

    /// <summary>Null when no file, or too large a one, was chosen.</summary>
    public async Task<FileCheck?> Check(IFormFile? file, CancellationToken ct)
    {
        if (await file.Read(LargestBytes, ct) is not { } upload || upload.Bytes.Length is 0 or > LargestBytes) return null;

        var text = Encoding.UTF8.GetString(upload.Bytes);
        return new FileCheck(upload.Name, tenant.Value.Name, await proofs.Check(text, ct));
    }
}
