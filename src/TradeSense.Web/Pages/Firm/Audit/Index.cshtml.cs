using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Identity;
using TradeSense.Web.Forms;

namespace TradeSense.Web.Pages.Firm.Audit;

[Authorize(Policy = nameof(Permission.SeeAudit))]
public sealed class IndexModel(AuditList audit) : TradeSensePage
{
    private const int PageSize = 50, MostExported = 50_000;

    [BindProperty(SupportsGet = true)]
    public string? Search { get; set; }

    [BindProperty(Name = "p", SupportsGet = true)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<AuditList.Row> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;

    public async Task OnGet(CancellationToken ct)
    {
        Number = Math.Clamp(Number, 1, 100_000);
        (Rows, Total) = await audit.Read(Search, Number, PageSize, ct);
    }

    public async Task<IActionResult> OnGetCsv(CancellationToken ct)
    {
        var (rows, _) = await audit.Read(Search, 1, MostExported, ct);
        return CsvFile.Of("audit.csv", rows,
            ("sequence", row => row.Sequence), ("at", row => row.At), ("actor", row => row.Actor), ("address", row => row.Address),
            ("action", row => row.Action), ("subject", row => row.Subject), ("details", row => row.Details), ("hash", row => row.Hash));
    }
}
