using Microsoft.AspNetCore.Mvc;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Orders;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>One waiting order: move its prices and size, or cancel it, alone or with its group.</summary>
public sealed class PendingOrderModel(TraderAccounts accounts, TerminalScreen screen, ModifyOrder modify, CancelOrder cancel, Refusals words, TimeProvider clock)
    : DealPage(accounts, words, clock)
{
    public sealed record Input
    {
        public string? Lots { get; init; }
        public string? Price { get; init; }
        public string? LimitPrice { get; init; }
        public string? StopLoss { get; init; }
        public string? TakeProfit { get; init; }
        public string ClientId { get; init; } = "";
    }

    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    [BindProperty]
    public Input Form { get; set; } = new();

    public OrderRow? Row { get; private set; }

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();

        if (Row is { } row)
            Form = new Input { Lots = PlainDecimal.Text(row.Lots.Value), Price = row.Plain(row.Price), LimitPrice = row.Plain(row.LimitPrice), StopLoss = row.Plain(row.StopLoss), TakeProfit = row.Plain(row.TakeProfit) };
        return IsHtmx ? Fragment("_OrderForms", this) : Page();
    }

    public async Task<IActionResult> OnPostModify(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();

        var changed = await modify.Run(new(Id, User.UserId(), ClientIdOr(Form.ClientId), Number, Form.Lots ?? "", Form.Price ?? "", Form.LimitPrice, Form.StopLoss, Form.TakeProfit), ct);
        return changed.IsRefused ? NotDone(changed.Refusal, "_OrderForms") : Told($"Order {Number} is changed.", Row?.Instrument.Symbol);
    }

    /// <summary>From the dock, or with the whole group from its own window.</summary>
    public async Task<IActionResult> OnPostCancel(bool group, CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();

        var cancelled = await cancel.Run(new(Id, User.UserId(), ClientIdOr(Form.ClientId), Number, group), ct);
        return cancelled.IsRefused ? NotDone(cancelled.Refusal, IsHtmx ? null : "_OrderForms") : Told(group ? $"Order {Number} and its group are cancelled." : $"Order {Number} is cancelled.", Row?.Instrument.Symbol);
    }

    /// <summary>False when the account is not this trader's. An order that is gone leaves the row empty: the page says so.</summary>
    private async Task<bool> Load(CancellationToken ct)
    {
        if (!await Owns(ct)) return false;

        Row = TerminalScreen.Orders(Account!, await screen.View(Id, ct)).Rows.FirstOrDefault(row => row.Number == Number);
        return true;
    }
}
