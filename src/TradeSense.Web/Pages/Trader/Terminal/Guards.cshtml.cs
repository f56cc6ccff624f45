using Microsoft.AspNetCore.Mvc;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Orders;
using TradeSense.Web.Identity;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>A position's trailing stop, breakeven and time stop. An empty field gives one up.</summary>
public sealed class GuardsModel(TraderAccounts accounts, SetTrailingStop trail, SetBreakeven even, SetTimeStop time, Refusals words, TimeProvider clock) : DealPage(accounts, words, clock)
{
    public sealed record Input
    {
        public string? Distance { get; init; }
        public string? Trigger { get; init; }
        public string? Offset { get; init; }
        public string? CloseAt { get; init; }
        public string ClientId { get; init; } = "";
    }

    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    [BindProperty]
    public Input Form { get; set; } = new();

    private TimeZoneInfo Zone => HttpContext.RequestServices.GetRequiredService<TenantFormat>().Zone;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (!await Owns(ct)) return NotFound();

        var view = await HttpContext.RequestServices.GetRequiredService<TerminalScreen>().View(Id, ct);
        Form = Of(view?.Positions.FirstOrDefault(position => position.State.Number.Value == Number)?.State.Guards);
        return IsHtmx ? Fragment("_GuardForms", this) : Page();
    }

    public async Task<IActionResult> OnPostTrailing(CancellationToken ct)
    {
        if (!await Owns(ct)) return NotFound();

        var set = await trail.Run(new(Id, User.UserId(), ClientIdOr(Form.ClientId), Number, Form.Distance), ct);
        return set.IsRefused ? NotDone(set.Refusal, "_GuardForms") : Told(string.IsNullOrEmpty(Form.Distance) ? $"#{Number}: the stop no longer follows." : $"#{Number}: the stop follows at {Form.Distance}.");
    }

    public async Task<IActionResult> OnPostBreakeven(CancellationToken ct)
    {
        if (!await Owns(ct)) return NotFound();

        var set = await even.Run(new(Id, User.UserId(), ClientIdOr(Form.ClientId), Number, Form.Trigger, Form.Offset), ct);
        return set.IsRefused ? NotDone(set.Refusal, "_GuardForms") : Told(string.IsNullOrEmpty(Form.Trigger) ? $"#{Number}: breakeven is given up." : $"#{Number}: breakeven waits for {Form.Trigger} of profit.");
    }

    public async Task<IActionResult> OnPostTime(CancellationToken ct)
    {
        if (!await Owns(ct)) return NotFound();

        var set = await time.Run(new(Id, User.UserId(), ClientIdOr(Form.ClientId), Number, LocalInstant.Read(Form.CloseAt, Zone)), ct);
        return set.IsRefused ? NotDone(set.Refusal, "_GuardForms") : Told(string.IsNullOrEmpty(Form.CloseAt) ? $"#{Number}: the time stop is given up." : $"#{Number}: closes by itself at its time.");
    }

    private Input Of(PositionGuards? guards) => new()
    {
        Distance = Plain(guards?.TrailingDistance), Trigger = Plain(guards?.Breakeven?.Trigger), Offset = Plain(guards?.Breakeven?.Offset),
        CloseAt = guards?.CloseAt is { } at ? LocalInstant.Write(at, Zone) : null,
    };

    private static string? Plain(Price? price) => price is { } value ? PlainDecimal.Text(value.Value) : null;
}
