using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Orders;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>One open position: move its stop loss and take profit, close it whole or in part.</summary>
public sealed class PositionModel(TraderAccounts accounts, TerminalScreen screen, ModifyPosition modify, ClosePosition close, TimeProvider clock) : TradeSensePage
{
    public sealed record Input
    {
        public string? StopLoss { get; init; }
        public string? TakeProfit { get; init; }
        public string? Lots { get; init; }
        public string ClientId { get; init; } = "";
    }

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    [BindProperty]
    public Input Form { get; set; } = new();

    public PositionRow? Row { get; private set; }

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();

        Form = new Input { StopLoss = Row?.StopLoss?.ToString(), TakeProfit = Row?.TakeProfit?.ToString(), Lots = Row?.Lots.ToString(), ClientId = Guid.CreateVersion7(clock.GetUtcNow()).ToString() };
        return Page();
    }

    public async Task<IActionResult> OnPostModify(CancellationToken ct)
    {
        var changed = await modify.Run(new(Id, User.UserId(), Form.ClientId, Number, Form.StopLoss, Form.TakeProfit), ct);
        if (!await Load(ct)) return NotFound();
        if (changed.IsRefused) return Refused(changed.Refusal, "_PositionForms", this);

        Toast($"#{Number}: stop loss and take profit are set.");
        return RedirectToPage("Index", new { Id, Symbol = Row?.Instrument.Symbol });
    }

    public async Task<IActionResult> OnPostClose(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();

        var closed = await close.Run(new(Id, User.UserId(), Form.ClientId, Number, Form.Lots), ct);
        if (closed.IsRefused) return Refused(closed.Refusal, "_PositionForms", this);

        Toast($"#{Number} is closed.");
        return RedirectToPage("Index", new { Id, Symbol = Row?.Instrument.Symbol });
    }

    /// <summary>False when the account is not this trader's. A position that has just been closed leaves the row empty: the page says so.</summary>
    private async Task<bool> Load(CancellationToken ct)
    {
        if (await accounts.Find(User.UserId(), Id, ct) is not { } account) return false;

        Row = screen.Positions(account, await screen.View(Id, ct), "").Rows.FirstOrDefault(row => row.Number == Number);
        return true;
    }
}
