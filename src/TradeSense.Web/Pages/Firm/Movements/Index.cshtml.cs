using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Analytics;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Ledger;
using TradeSense.Web.Forms;

namespace TradeSense.Web.Pages.Firm.Movements;

/// <summary>The movements behind the overview's money figures.</summary>
[Authorize(Policy = nameof(Permission.SeeMoney))]
public sealed class IndexModel(MoneyMovements movements, AuditTrail audit) : TradeSensePage
{
    private const int PageSize = 50, MostExported = 100_000;

    [BindProperty(SupportsGet = true)]
    public int Days { get; set; } = 30;

    [BindProperty(SupportsGet = true)]
    public LedgerTransferKind? Kind { get; set; }

    [BindProperty(Name = "p", SupportsGet = true)]
    public int Number { get; set; } = 1;

    public MoneyMovements.Picture Picture { get; private set; } = null!;
    public int Pages => (Picture.Total + PageSize - 1) / PageSize;

    private MoneyMovements.Filter Filter => new(Days = Math.Clamp(Days, 1, 3660), Kind);

    public async Task OnGet(CancellationToken ct) => Picture = await movements.Read(Filter, Number = Math.Clamp(Number, 1, 100_000), PageSize, ct);

    public async Task<IActionResult> OnGetCsv(CancellationToken ct)
    {
        var picture = await movements.Read(Filter, 1, MostExported, ct);
        await audit.Record("money.exported", "ledger", new { Days, Kind, Rows = picture.Total }, ct);
        return CsvFile.Of("money.csv", picture.Rows,
            ("at", row => row.At), ("kind", row => row.Kind), ("subject", row => row.Subject), ("description", row => row.Description), ("currency", row => row.Sales.Currency.Code),
            ("sales", row => row.Sales.Amount), ("fees", row => row.Fees.Amount), ("paid", row => row.Paid.Amount), ("net", row => row.Net.Amount));
    }
}
