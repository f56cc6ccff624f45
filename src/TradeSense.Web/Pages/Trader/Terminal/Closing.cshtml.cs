using Microsoft.AspNetCore.Mvc;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Orders;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>Several positions closed at once: those chosen in the dock, wholly or in part, or all of them.</summary>
public sealed class ClosingModel(TraderAccounts accounts, TerminalScreen screen, ClosePosition close, CloseAllPositions closeAll, Refusals words, TimeProvider clock)
    : DealPage(accounts, words, clock)
{
    private const int Most = 200;

    public IActionResult OnGet() => RedirectToPage("Index", new { Id });

    /// <param name="positions">Their numbers; each is a wish of its own, so one refused leaves the others done.</param>
    /// <param name="share">Percent of each; empty closes all of it.</param>
    public async Task<IActionResult> OnPost(int[] positions, int? share, string? clientId, CancellationToken ct)
    {
        if (!await Owns(ct)) return NotFound();
        if (positions.Length is 0 or > Most) return NotDone(TradingChoice.Nothing, null);

        var (rows, results) = (screen.Positions(Account!, await screen.View(Id, ct), "").Rows, new List<Result<CommandOutcome.Accepted>>());
        foreach (var number in positions.Distinct())
        {
            var lots = share is > 0 and < 100 ? rows.Where(row => row.Number == number).Select(row => PlainDecimal.Text(row.Part(share.Value))).FirstOrDefault() : null;
            results.Add(await close.Run(new(Id, User.UserId(), $"{ClientIdOr(clientId)}/{number}", number, lots), ct));
        }

        return Summed(results, "position closed", "positions closed");
    }

    public async Task<IActionResult> OnPostAll(string? clientId, CancellationToken ct)
    {
        if (!await Owns(ct)) return NotFound();

        var closed = await closeAll.Run(new(Id, User.UserId(), ClientIdOr(clientId)), ct);
        return closed.IsRefused ? NotDone(closed.Refusal, null) : Told("All positions are closed.");
    }

    /// <summary>Positions closed and orders cancelled in one step.</summary>
    public async Task<IActionResult> OnPostFlat(string? clientId, CancellationToken ct)
    {
        if (!await Owns(ct)) return NotFound();

        var flat = await closeAll.Run(new(Id, User.UserId(), ClientIdOr(clientId), WithOrders: true), ct);
        return flat.IsRefused ? NotDone(flat.Refusal, null) : Told("The account is flat: no position, no order.");
    }
}
