using System.Text;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Risk.Heads;

namespace TradeSense.Web.Pages.Site.Verify;

/// <summary>What the firm signed, day by day, and the keys to check it with. Copies kept elsewhere are what makes rewriting history show.</summary>
public sealed class HeadsModel(HeadList heads) : TradeSensePage
{
    public HeadList.Page Heads { get; private set; } = null!;

    public async Task OnGet(int p, CancellationToken ct) => Heads = await heads.Run(p, ct);

    /// <summary>Every head ever signed, one a line: for keeping, and for <c>tradesense verify --heads</c>.</summary>
    public async Task<IActionResult> OnGetChain(CancellationToken ct) => File(Encoding.UTF8.GetBytes(HeadChain.Write(await heads.Chain(ct))), "application/jsonl", "heads.jsonl");

    public async Task<IActionResult> OnGetKey(string? fingerprint, CancellationToken ct) =>
        await heads.Key(fingerprint ?? "", ct) is { } key ? File(Encoding.ASCII.GetBytes(key.Pem + "\n"), "application/x-pem-file", $"key-{key.Fingerprint[..12]}.pem") : NotFound();
}
