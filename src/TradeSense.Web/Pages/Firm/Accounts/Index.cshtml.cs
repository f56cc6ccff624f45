using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Engine.Rules;
using TradeSense.Modules.Analytics;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Identity;
using TradeSense.Web.Forms;

namespace TradeSense.Web.Pages.Firm.Accounts;

[Authorize(Policy = nameof(Permission.SeeTraders))]
public sealed class IndexModel(AccountList accounts, AuditTrail audit, TimeProvider clock) : TradeSensePage
{
    private const int PageSize = 50, MostExported = 100_000;

    /// <summary>The list's narrowing, as the address carries it. <c>Breached</c>: <c>today</c>, by the firm's own trading day.</summary>
    public sealed record Input
    {
        public string? Search { get; init; }
        public string? State { get; init; }
        public string? Phase { get; init; }
        public string? Symbol { get; init; }
        public string? Breached { get; init; }
        public bool Near { get; init; }
    }

    [BindProperty(Name = "", SupportsGet = true)]
    public Input Show { get; set; } = new();

    [BindProperty(Name = "p", SupportsGet = true)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<AccountList.Row> Rows { get; private set; } = [];
    public IReadOnlyList<string> Phases { get; private set; } = [];
    public int Total { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;

    private AccountList.Filter Filter => new(Show.Search, Show.State, Show.Phase, Show.Symbol, Show.Breached is "today" ? DayStart : null, Show.Near);

    private DateTimeOffset DayStart => TradingDayClock.StartOf(Tenant.TradingDay, TradingDayClock.LabelOf(Tenant.TradingDay, clock.GetUtcNow()));

    public async Task OnGet(CancellationToken ct)
    {
        Number = Math.Clamp(Number, 1, 100_000);
        Phases = await accounts.Phases(ct);
        (Rows, Total) = await accounts.Read(Filter, Number, PageSize, ct);
    }

    public async Task<IActionResult> OnGetCsv(CancellationToken ct)
    {
        var (rows, total) = await accounts.Read(Filter, 1, MostExported, ct);
        await audit.Record("accounts.exported", "accounts", new { Show.Search, Show.State, Show.Phase, Show.Symbol, Rows = total }, ct);
        return CsvFile.Of("accounts.csv", rows,
            ("account", row => row.Number), ("user_name", row => row.UserName), ("email", row => row.Email), ("phase", row => row.PhaseName), ("status", row => row.Status),
            ("currency", row => row.Size.Currency.Code), ("size", row => row.Size.Amount), ("balance", row => row.Balance.Amount), ("result", row => row.Result.Amount),
            ("trading_days", row => row.TradingDays), ("open_positions", row => row.OpenPositions), ("created_at", row => row.CreatedAt), ("ended_at", row => row.EndedAt));
    }
}
