using TradeSense.Engine.Accounts;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Web.Pages.Shared;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>Fills the order ticket: the form, and what the order would mean on each side at the prices of now.</summary>
public sealed class TicketDesk(TradingDesk desk, TerminalScreen screen, CurrentTenant tenant, TimeProvider clock)
{
    public const string EstimateId = "ticket-estimate";
    public const string NoSize = "This stop loss leaves no size that keeps within the risk: widen the risk, move the stop closer, or put it on the other side of the price.";

    public Task<Ticket> Blank(TraderAccounts.Row account, AccountView? view, Instrument instrument, CancellationToken ct) =>
        Filled(account, view, instrument, new TicketInput(), null, null, null, ct);

    /// <summary>The form with what was typed, a fresh client id, and how the last order went.</summary>
    public async Task<Ticket> Filled(TraderAccounts.Row account, AccountView? view, Instrument instrument, TicketInput input, string? refusal, string? field, string? done, CancellationToken ct)
    {
        var fresh = input with { ClientId = Guid.CreateVersion7(clock.GetUtcNow()).ToString() };
        var isTrading = TerminalScreen.StatusOf(account, view) is TradingAccountStatus.Active;
        return new Ticket(account.Id, instrument, fresh, account.Currency, await Estimate(account, view, instrument, input, ct), screen.Prices(account, instrument), screen.OpensAt(instrument),
            refusal, field, done, isTrading);
    }

    public async Task<TicketEstimate> Estimate(TraderAccounts.Row account, AccountView? view, Instrument instrument, TicketInput input, CancellationToken ct)
    {
        var room = view is null ? null : Rooms.Today(view, tenant.Value.CultureInfo, "room")?.Left;
        if (Problem(instrument, input) is { } problem) return new TicketEstimate(EstimateId, [], room, problem);

        var sides = new List<SideEstimate>();
        foreach (var side in Enum.GetValues<Side>())
        {
            if (await Estimate(account, view, instrument, input, side, ct) is not { } estimate || estimate.Lots.Value == 0) continue;
            if (input.StopLoss is { Length: > 0 } && estimate.WorstCase is null) continue;

            Money Of(decimal exact) => Money.Rounded(exact, account.Currency, MidpointRounding.AwayFromZero);
            sides.Add(new SideEstimate(side, estimate.Lots, Of(estimate.Margin), estimate.WorstCase is { } worst ? Of(worst) : null));
        }

        var missing = sides.Count > 0 ? null : input.SizeBy is "risk"
            ? NoSize
            : input.StopLoss is { Length: > 0 } ? "The stop loss is on the wrong side of the price for both directions." : null;
        return new TicketEstimate(EstimateId, sides, room, missing);
    }

    /// <summary>The lots to send for one side: as typed, or worked out from the risk and the stop.</summary>
    public async Task<string> LotsFor(TraderAccounts.Row account, AccountView? view, Instrument instrument, TicketInput input, Side side, CancellationToken ct) =>
        input.SizeBy is not "risk" ? input.Lots ?? ""
        : await Estimate(account, view, instrument, input, side, ct) is { Lots.Value: > 0 } estimate ? PlainDecimal.Text(estimate.Lots.Value) : "";

    private async Task<OrderEstimate?> Estimate(TraderAccounts.Row account, AccountView? view, Instrument instrument, TicketInput input, Side side, CancellationToken ct)
    {
        Price? stop = Price.TryParse(input.StopLoss, instrument, out var price) ? price : null;
        Lots? lots = input.SizeBy is not "risk" && Lots.TryParse(input.Lots, instrument, out var typed) ? typed : null;
        var risk = input.SizeBy is "risk" && PlainDecimal.TryParse(input.RiskPercent, out var percent) ? new Percent(percent).Of(view?.Equity ?? account.Balance) : (decimal?)null;
        return lots is null && risk is null ? null : await desk.Estimate(new AccountId(account.Id), new OrderSketch(instrument.Symbol, side, lots, risk, stop), ct);
    }

    /// <summary>What keeps the sketch from being worked out, in words; null when nothing does.</summary>
    public static string? Problem(Instrument instrument, TicketInput input)
    {
        if (input.SizeBy is "risk")
        {
            if (!PlainDecimal.TryParse(input.RiskPercent, out var percent) || percent is <= 0 or > 100) return "Write the risk in percent of equity, like 0.5.";
            if (string.IsNullOrEmpty(input.StopLoss)) return "Set a stop loss: without it the size cannot be worked out from the risk.";
        }
        else if (!Lots.TryParse(input.Lots, instrument, out _))
        {
            return $"Lots go from {PlainDecimal.Text(instrument.MinimumLots.Value)} to {PlainDecimal.Text(instrument.MaximumLots.Value)} in steps of {PlainDecimal.Text(instrument.LotStep.Value)}, written with a point.";
        }

        var isPrice = string.IsNullOrEmpty(input.StopLoss) || Price.TryParse(input.StopLoss, instrument, out _);
        return isPrice ? null : $"Write the stop loss as a price with at most {instrument.Digits} digits after the point.";
    }
}
