using Microsoft.AspNetCore.Mvc;
using TradeSense.Engine.Accounts;
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

        var isPart = share is > 0 and < 100;
        var parts = isPart ? Parts(positions, share!.Value, await screen.View(Id, ct)) : positions.Distinct().ToDictionary(number => number, _ => (string?)null);
        if (parts.Count == 0) return NotDone(TradingChoice.Indivisible, null);

        var (id, results) = (ClientIdOr(clientId), new List<Result<CommandOutcome.Accepted>>());
        foreach (var (number, lots) in parts) results.Add(await close.Run(new(Id, User.UserId(), $"{id}/{number}", number, lots), ct));
        var left = positions.Distinct().Count() - parts.Count;
        return Summed(results, isPart ? "position closed in part" : "position closed", isPart ? "positions closed in part" : "positions closed",
            left == 0 ? "" : $" {left} of the smallest size {(left == 1 ? "stays" : "stay")} as {(left == 1 ? "it is" : "they are")}.");
    }

    /// <summary>Of each so many percent. What cannot be divided, or is not seen here, is left alone: a part is never all of it.</summary>
    private Dictionary<int, string?> Parts(int[] positions, int share, AccountView? view) =>
        screen.Positions(Account!, view, "").Rows.Where(row => positions.Contains(row.Number) && row.Part(share) < row.Lots.Value)
            .ToDictionary(row => row.Number, row => (string?)PlainDecimal.Text(row.Part(share)));

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
