using Microsoft.AspNetCore.Mvc;
using TradeSense.Engine.Events;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Orders;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>One open position: move its stop loss and take profit, close it whole or in part.</summary>
public sealed class PositionModel(TraderAccounts accounts, TerminalScreen screen, ModifyPosition modify, ClosePosition close, Refusals words, TimeProvider clock)
    : DealPage(accounts, words, clock)
{
    public sealed record Input
    {
        public string? StopLoss { get; init; }
        public string? TakeProfit { get; init; }
        public string? Lots { get; init; }

        /// <summary>The one level that is set; the other stays as the desk holds it. Empty: both are set.</summary>
        public string? Only { get; init; }

        public string ClientId { get; init; } = "";
    }

    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    [BindProperty]
    public Input Form { get; set; } = new();

    public PositionRow? Row { get; private set; }

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();

        Form = new Input
        {
            StopLoss = Plain(Row?.StopLoss), TakeProfit = Plain(Row?.TakeProfit),
            Lots = Row is null ? null : PlainDecimal.Text(Row.Lots.Value),
        };
        return IsHtmx ? Fragment("_PositionForms", this) : Page();
    }

    public async Task<IActionResult> OnPostModify(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();

        var (stop, target) = Form.Only switch
        {
            nameof(Input.StopLoss) => (Form.StopLoss, Plain(Row?.TakeProfit)),
            nameof(Input.TakeProfit) => (Plain(Row?.StopLoss), Form.TakeProfit),
            _ => (Form.StopLoss, Form.TakeProfit),
        };
        var changed = await modify.Run(new(Id, User.UserId(), Form.ClientId, Number, stop, target), ct);
        await Load(ct);
        return changed.IsRefused ? NotDone(changed.Refusal, "_PositionForms") : Told($"#{Number}: stop loss and take profit are set.", Row?.Instrument.Symbol);
    }

    public async Task<IActionResult> OnPostClose(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();

        var closed = await close.Run(new(Id, User.UserId(), ClientIdOr(Form.ClientId), Number, Form.Lots), ct);
        return closed.IsRefused ? NotDone(closed.Refusal, "_PositionForms") : Told(WordsOf(closed.Value.Events.OfType<PositionClosed>().FirstOrDefault()), Row?.Instrument.Symbol);
    }

    /// <summary>The dock's own button: all of it, answered in the dock.</summary>
    public async Task<IActionResult> OnPostCloseNow(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();

        var closed = await close.Run(new(Id, User.UserId(), ClientIdOr(Form.ClientId), Number), ct);
        if (closed.IsRefused) return NotDone(closed.Refusal, IsHtmx ? null : "_PositionForms");
        return Told(WordsOf(closed.Value.Events.OfType<PositionClosed>().FirstOrDefault()), Row?.Instrument.Symbol);
    }

    private static string? Plain(Price? level) => level is { } price ? PlainDecimal.Text(price.Value) : null;

    private string WordsOf(PositionClosed? fact) =>
        fact is null ? $"#{Number} is closed." : HttpContext.RequestServices.GetRequiredService<DealWords>().Of(fact, Account!.Currency)!.Text;

    /// <summary>False when the account is not this trader's. A position that has just been closed leaves the row empty: the page says so.</summary>
    private async Task<bool> Load(CancellationToken ct)
    {
        if (!await Owns(ct)) return false;

        Row = screen.Positions(Account!, await screen.View(Id, ct), "").Rows.FirstOrDefault(row => row.Number == Number);
        return true;
    }
}
