using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Orders;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>Several waiting orders cancelled at once: those chosen in the dock, or all of them.</summary>
public sealed class CancellingModel(TraderAccounts accounts, CancelOrder cancel, CancelAllOrders cancelAll, Refusals words, TimeProvider clock) : DealPage(accounts, words, clock)
{
    private const int Most = 200;

    public IActionResult OnGet() => RedirectToPage("Index", new { Id });

    /// <summary>Each is a wish of its own, so one refused leaves the others done.</summary>
    public async Task<IActionResult> OnPost(int[] orders, string? clientId, CancellationToken ct)
    {
        if (!await Owns(ct)) return NotFound();
        if (orders.Length is 0 or > Most) return NotDone(TradingChoice.Nothing, null);

        var results = new List<Result<CommandOutcome.Accepted>>();
        foreach (var number in orders.Distinct()) results.Add(await cancel.Run(new(Id, User.UserId(), $"{ClientIdOr(clientId)}/{number}", number), ct));
        return Summed(results, "order cancelled", "orders cancelled");
    }

    public async Task<IActionResult> OnPostAll(string? symbol, string? clientId, CancellationToken ct)
    {
        if (!await Owns(ct)) return NotFound();

        var cancelled = await cancelAll.Run(new(Id, User.UserId(), ClientIdOr(clientId), string.IsNullOrEmpty(symbol) ? null : symbol), ct);
        return cancelled.IsRefused ? NotDone(cancelled.Refusal, null) : Told(string.IsNullOrEmpty(symbol) ? "All orders are cancelled." : $"All orders of {symbol} are cancelled.");
    }
}
