using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Audit;
using TradeSense.Web.Forms;

namespace TradeSense.Web.Pages.Platform.Audit;

/// <summary>What platform staff did. What they did to a brand stands in the brand's own trail too.</summary>
public sealed class IndexModel(AuditList audit) : TradeSensePage
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public string? Search { get; set; }

    [BindProperty(Name = "p", SupportsGet = true)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<AuditList.Row> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;

    public async Task OnGet(CancellationToken ct) => (Rows, Total) = await audit.Read(Search, Number = Math.Clamp(Number, 1, 100_000), PageSize, ct);

    public async Task<IActionResult> OnGetCsv(CancellationToken ct)
    {
        var (rows, _) = await audit.Read(Search, 1, 50_000, ct);
        return CsvFile.Of("platform-audit.csv", rows,
            ("sequence", row => row.Sequence), ("at", row => row.At), ("actor", row => row.Actor), ("address", row => row.Address), ("action", row => row.Action),
            ("subject", row => row.Subject), ("details", row => row.Details), ("hash", row => row.Hash));
    }
}
