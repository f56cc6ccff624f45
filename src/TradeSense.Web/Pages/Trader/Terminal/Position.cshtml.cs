using Microsoft.AspNetCore.Mvc;
using TradeSense.Engine.Events;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Orders;
using TradeSense.Web.Identity;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>One open position: move its stop loss and take profit, close it whole or in part.</summary>
public sealed class PositionModel(TraderAccounts accounts, TerminalScreen screen, ModifyPosition modify, ClosePosition close, Refusals words, TimeProvider clock) : TradeSensePage
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

    public TraderAccounts.Row? Account { get; private set; }
    public PositionRow? Row { get; private set; }

    /// <summary>A new one for every form shown: an id that was refused once stays refused.</summary>
    public string NextClientId => Guid.CreateVersion7(clock.GetUtcNow()).ToString();

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();

        Form = new Input
        {
            StopLoss = Row is { StopLoss: { } stop } ? PlainDecimal.Text(stop.Value) : null, TakeProfit = Row is { TakeProfit: { } target } ? PlainDecimal.Text(target.Value) : null,
            Lots = Row is null ? null : PlainDecimal.Text(Row.Lots.Value),
        };
        return IsHtmx ? Fragment("_PositionForms", this) : Page();
    }

    public async Task<IActionResult> OnPostModify(CancellationToken ct)
    {
        var changed = await modify.Run(new(Id, User.UserId(), Form.ClientId, Number, Form.StopLoss, Form.TakeProfit), ct);
        if (!await Load(ct)) return NotFound();
        if (changed.IsRefused) return Refused(changed.Refusal, "_PositionForms", this);

        return Traded($"#{Number}: stop loss and take profit are set.");
    }

    public async Task<IActionResult> OnPostClose(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();

        var closed = await close.Run(new(Id, User.UserId(), Form.ClientId.Length > 0 ? Form.ClientId : NextClientId, Number, Form.Lots), ct);
        if (closed.IsRefused) return Refused(closed.Refusal, "_PositionForms", this);

        return Traded(closed.Value.Events.OfType<PositionClosed>().FirstOrDefault() is { } fact ? WordsOf(fact) : $"#{Number} is closed.");
    }

    /// <summary>The dock's own button: all of it, answered in the dock.</summary>
    public async Task<IActionResult> OnPostCloseNow(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();

        var closed = await close.Run(new(Id, User.UserId(), NextClientId, Number), ct);
        if (!closed.IsRefused) return Traded(closed.Value.Events.OfType<PositionClosed>().FirstOrDefault() is { } fact ? WordsOf(fact) : $"#{Number} is closed.");
        return IsHtmx ? Fragment("_DockNote", new DockNote(words.Text(closed.Refusal, Tenant.CultureInfo), IsRefusal: true), StatusCodes.Status422UnprocessableEntity) : Refused(closed.Refusal, "_PositionForms", this);
    }

    private string WordsOf(PositionClosed fact)
    {
        var format = HttpContext.RequestServices.GetRequiredService<TenantFormat>();
        var net = new Money(fact.Profit - fact.Commission + fact.Swap, Account!.Currency);
        return $"#{Number}: {PlainDecimal.Text(fact.Lots.Value)} {fact.Symbol} closed at {format.Price(fact.Price.Value, TerminalScreen.Instrument(fact.Symbol).Digits)}, {format.Money(net, signed: true)} after costs.";
    }

    /// <summary>Told in the dock when the terminal asked, which then fetches its history again; else on the terminal as a note.</summary>
    private IActionResult Traded(string told)
    {
        if (IsHtmx)
        {
            (Response.Headers["HX-Retarget"], Response.Headers["HX-Reswap"], Response.Headers["HX-Trigger"]) = ("#dock-note", "outerHTML", "traded");
            return Fragment("_DockNote", new DockNote(told, IsRefusal: false));
        }

        Toast(told);
        return RedirectToPage("Index", new { Id, Symbol = Row?.Instrument.Symbol });
    }

    /// <summary>False when the account is not this trader's. A position that has just been closed leaves the row empty: the page says so.</summary>
    private async Task<bool> Load(CancellationToken ct)
    {
        Account = await accounts.Find(User.UserId(), Id, ct);
        if (Account is null) return false;

        Row = screen.Positions(Account, await screen.View(Id, ct), "").Rows.FirstOrDefault(row => row.Number == Number);
        return true;
    }
}
