using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Analytics;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Risk.Incidents;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.History;
using TradeSense.Web.Pages.Trader.Accounts;

namespace TradeSense.Web.Pages.Firm.Accounts;

/// <summary>One account for the firm's staff: the picture the trader has, and beside it every event of its journal.</summary>
[Authorize(Policy = nameof(Permission.SeeTraders))]
public sealed class AccountModel(AccountPicture pictures, AccountScreen screen, TradeList trades, JournalTimeline journal, TraderList traders, AccountIncidents incidents) : TradeSensePage
{
    public const int TradesShown = 25, EntriesShown = 30;

    [BindProperty(SupportsGet = true)]
    public DateOnly? Month { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    /// <summary>Page of the journal.</summary>
    [BindProperty(Name = "p", SupportsGet = true)]
    public int Number { get; set; } = 1;

    public AccountScreen.Screen Screen { get; private set; } = null!;
    public TradeList.Page Trades { get; private set; } = null!;
    public IReadOnlyList<AccountIncidents.Row> Incidents { get; private set; } = [];
    public JournalTimeline.Picture Journal { get; private set; } = null!;
    public TraderList.Row? Holder { get; private set; }
    public int Pages => (Journal.Total + EntriesShown - 1) / EntriesShown;

    public async Task<IActionResult> OnGet(Guid accountId, CancellationToken ct)
    {
        var picture = await pictures.Run(accountId, null, ct);
        if (picture.IsRefused) return NotFound();

        Screen = await screen.Read(picture.Value, Month, ct);
        Trades = await trades.Run(new(accountId), 1, TradesShown, ct);
        Incidents = await incidents.Of(accountId, ct);
        Journal = await journal.Read(accountId, Kind, Number = Math.Clamp(Number, 1, 1_000_000), EntriesShown, ct);
        Holder = await traders.Find(picture.Value.Account.UserId, ct);
        return Page();
    }

    public async Task<IActionResult> OnGetTrades(Guid accountId, CancellationToken ct)
    {
        var picture = await pictures.Run(accountId, null, ct);
        if (picture.IsRefused) return NotFound();

        return File(System.Text.Encoding.UTF8.GetBytes(await trades.Csv(new(accountId), ct)), "text/csv; charset=utf-8", $"trades-{picture.Value.Account.Number}.csv");
    }
}
