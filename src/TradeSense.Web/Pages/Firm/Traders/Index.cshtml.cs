using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Analytics;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Identity;
using TradeSense.Web.Forms;

namespace TradeSense.Web.Pages.Firm.Traders;

[Authorize(Policy = nameof(Permission.SeeTraders))]
public sealed class IndexModel(TraderList traders, AuditTrail audit) : TradeSensePage
{
    private const int PageSize = 50, MostExported = 100_000;

    [BindProperty(SupportsGet = true)]
    public string? Search { get; set; }

    [BindProperty(SupportsGet = true)]
    public TraderList.Standing Standing { get; set; }

    [BindProperty(Name = "p", SupportsGet = true)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<TraderList.Row> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;

    private TraderList.Filter Filter => new(Search, Standing);

    public async Task OnGet(CancellationToken ct)
    {
        Number = Math.Clamp(Number, 1, 100_000);
        (Rows, Total) = await traders.Read(Filter, Number, PageSize, ct);
    }

    public async Task<IActionResult> OnGetCsv(CancellationToken ct)
    {
        var (rows, total) = await traders.Read(Filter, 1, MostExported, ct);
        await audit.Record("traders.exported", "traders", new { Search, Standing, Rows = total }, ct);
        return CsvFile.Of("traders.csv", rows,
            ("user_name", row => row.UserName), ("email", row => row.Email), ("country", row => row.Country), ("status", row => row.Status), ("confirmed", row => row.IsConfirmed),
            ("kyc", row => row.Kyc), ("tier", row => row.Tier), ("challenges", row => row.Challenges), ("running_accounts", row => row.RunningAccounts), ("funded", row => row.IsFunded),
            ("registered_at", row => row.RegisteredAt));
    }
}
