using Microsoft.AspNetCore.Mvc;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>The ticket's own address: an estimate while it is filled in, then the order. The terminal's script gets its answer in JSON.</summary>
public sealed class OrderModel(TraderAccounts accounts, TerminalScreen screen, TicketDesk tickets, PlaceTicket place, Refusals words, DealWords deals) : TradeSensePage
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

        Ticket = await tickets.Filled(account, view, instrument, Input with { ClientId = null }, null, null, null, ct);
        return Page();
    }

    /// <summary>The form for another symbol, with the sizes kept.</summary>
    public async Task<IActionResult> OnGetTicket(CancellationToken ct) =>
        await accounts.Find(User.UserId(), Id, ct) is { } account
            ? Fragment("_Ticket", await tickets.Filled(account, await screen.View(Id, ct), TerminalScreen.Instrument(Symbol), Input with { ClientId = null }, null, null, null, ct))
            : NotFound();

    public async Task<IActionResult> OnPost(string? side, CancellationToken ct)
    {
        if (await accounts.Find(User.UserId(), Id, ct) is not { } account) return NotFound();

        var (instrument, view) = (TerminalScreen.Instrument(Symbol), await screen.View(Id, ct));
        var direction = Enum.TryParse<Side>(Input.Type is "oco" ? Input.FirstSide : side, out var named) ? named : Side.Buy;
        var meaning = await tickets.Meaning(account, view, instrument, Input, direction, ct);
        var placed = await place.Run(new(Id, User.UserId(), Symbol, side ?? "", Input, meaning), ct);
        if (Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal)) return Told(placed, meaning);

        var (why, field) = WhyNot(placed, meaning);
        var next = placed.Refusal == TradingRefusal.OutcomeUnknown ? Input : Input with { ClientId = null };
        Ticket = await tickets.Filled(account, await screen.View(Id, ct), instrument, next, why, field, Words(placed, account), ct);
        if (!IsHtmx && !placed.IsRefused) return RedirectToPage("Index", new { Id, Symbol });

        Response.StatusCode = StatusOf(placed);
        return IsHtmx ? Fragment("_Ticket", Ticket, StatusOf(placed)) : Page();
    }

    /// <summary>A fill is told by the stream; here only that the order was taken, or why not.</summary>
    private JsonResult Told(Result<CommandOutcome.Accepted> placed, TicketMeaning meaning)
    {
        var (words, field) = WhyNot(placed, meaning);
        return new(ScriptAnswer.Of(placed.Refusal, words ?? "", field)) { StatusCode = StatusOf(placed) };
    }

    /// <summary>What could not be worked out is told by what it lacks, not as a wrong number of lots. Legs of an OCO are the ticket's own fields.</summary>
    private (string? Words, string? Field) WhyNot(Result<CommandOutcome.Accepted> placed, TicketMeaning meaning)
    {
        if (placed.Refusal is not { } refusal) return (null, null);
        if (meaning.Problem is { } problem && (refusal.Field is "Lots" || refusal.Field == meaning.Field) && (Input.SizeBy is not "lots" || Input.LevelsBy is not "price")) return (problem, meaning.Field);

        var field = refusal.Field?.Replace("Legs[0].", "", StringComparison.Ordinal).Replace("Legs[1].", "Other", StringComparison.Ordinal);
        return (words.Text(refusal, Tenant.CultureInfo), field is "OtherLots" ? "Lots" : field);
    }

    private static int StatusOf(Result<CommandOutcome.Accepted> placed) => placed.IsRefused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;

    private string? Words(Result<CommandOutcome.Accepted> placed, TraderAccounts.Row account) =>
        placed.IsRefused ? null : string.Join(' ', placed.Value.Events.Select(fact => deals.Of(fact, account.Currency)?.Text).OfType<string>().Take(3));
}
