using Microsoft.AspNetCore.Mvc;
using TradeSense.Engine.Events;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Orders;
using TradeSense.Web.Identity;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>The ticket's own address: an estimate while it is filled in, then the order.</summary>
public sealed class OrderModel(TraderAccounts accounts, TerminalScreen screen, TicketDesk tickets, PlaceMarketOrder place, Refusals words, TenantFormat format) : TradeSensePage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Symbol { get; set; } = "EURUSD";

    [BindProperty(SupportsGet = true, Name = "")]
    public TicketInput Input { get; set; } = new();

    public Ticket Ticket { get; private set; } = null!;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (await accounts.Find(User.UserId(), Id, ct) is not { } account) return NotFound();

        var (instrument, view) = (TerminalScreen.Instrument(Symbol), await screen.View(Id, ct));
        if (IsHtmx) return Fragment("_Estimate", await tickets.Estimate(account, view, instrument, Input, ct));

        Ticket = await tickets.Filled(account, view, instrument, Input, null, null, null, ct);
        return Page();
    }

    /// <summary>The empty form for another symbol.</summary>
    public async Task<IActionResult> OnGetTicket(CancellationToken ct) =>
        await accounts.Find(User.UserId(), Id, ct) is { } account
            ? Fragment("_Ticket", await tickets.Filled(account, await screen.View(Id, ct), TerminalScreen.Instrument(Symbol), Input, null, null, null, ct))
            : NotFound();

    public async Task<IActionResult> OnPost(string? side, CancellationToken ct)
    {
        if (await accounts.Find(User.UserId(), Id, ct) is not { } account) return NotFound();

        var (instrument, view) = (TerminalScreen.Instrument(Symbol), await screen.View(Id, ct));
        var lots = Enum.TryParse<Side>(side, out var direction) ? await tickets.LotsFor(account, view, instrument, Input, direction, ct) : "";
        var placed = await place.Run(new(Id, User.UserId(), Input.ClientId ?? "", Symbol, side ?? "", lots, Input.StopLoss, Input.TakeProfit), ct);

        Ticket = await tickets.Filled(account, await screen.View(Id, ct), instrument, Input, WhyNot(placed, instrument, lots), placed.Refusal?.Field, Words(placed), ct);
        if (!IsHtmx && !placed.IsRefused) return RedirectToPage("Index", new { Id, Symbol });

        Response.StatusCode = StatusOf(placed);
        return IsHtmx ? Fragment("_Ticket", Ticket, StatusOf(placed)) : Page();
    }

    /// <summary>A size that could not be worked out from the risk is told by what it lacks, not as a wrong number of lots.</summary>
    private string? WhyNot(Result<CommandOutcome.Accepted> placed, Instrument instrument, string lots) =>
        placed.Refusal is not { } refusal ? null
        : Input.SizeBy is "risk" && lots.Length == 0 ? TicketDesk.Problem(instrument, Input) ?? TicketDesk.NoSize
        : words.Text(refusal, Tenant.CultureInfo);

    private static int StatusOf(Result<CommandOutcome.Accepted> placed) => placed.IsRefused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;

    private string? Words(Result<CommandOutcome.Accepted> placed) =>
        placed.IsRefused || placed.Value.Events.OfType<PositionOpened>().FirstOrDefault() is not { } opened ? null
        : $"#{opened.Position} {opened.Side} {PlainDecimal.Text(opened.Lots.Value)} {opened.Symbol} filled at {format.Price(opened.Price.Value, TerminalScreen.Instrument(opened.Symbol).Digits)}.";
}
