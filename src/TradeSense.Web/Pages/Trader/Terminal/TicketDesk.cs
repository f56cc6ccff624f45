using TradeSense.Engine.Accounts;
using TradeSense.Engine.Values;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Web.Pages.Shared;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>Fills the order ticket: the form, and what the order would mean on each side at the prices of now.</summary>
public sealed class TicketDesk(TicketReader reader, TerminalScreen screen, CurrentTenant tenant, TimeProvider clock)
{
    public const string EstimateId = "ticket-estimate";

    public Task<Ticket> Blank(TraderAccounts.Row account, AccountView? view, Instrument instrument, CancellationToken ct) =>
        Filled(account, view, instrument, new TicketInput(), null, null, null, ct);

    /// <summary>The form with what was typed, and how the last order went.</summary>
    /// <param name="input">Without a client id it gets a fresh one. An order whose outcome is unknown keeps its own, so that sending it again cannot do it twice.</param>
    public async Task<Ticket> Filled(TraderAccounts.Row account, AccountView? view, Instrument instrument, TicketInput input, string? refusal, string? field, string? done, CancellationToken ct)
    {
        var fresh = input with { ClientId = input.ClientId ?? Guid.CreateVersion7(clock.GetUtcNow()).ToString() };
        var isTrading = TerminalScreen.StatusOf(account, view) is TradingAccountStatus.Active;
        return new Ticket(account.Id, instrument, fresh, account.Currency, await Estimate(account, view, instrument, input, ct), screen.Prices(account, instrument), screen.OpensAt(instrument),
            refusal, field, done, isTrading);
    }

    public Task<TicketMeaning> Meaning(TraderAccounts.Row account, AccountView? view, Instrument instrument, TicketInput input, Side side, CancellationToken ct) =>
        reader.Run(account, view?.Equity ?? account.Balance, instrument, input, side, ct);

    public async Task<TicketEstimate> Estimate(TraderAccounts.Row account, AccountView? view, Instrument instrument, TicketInput input, CancellationToken ct)
    {
        var (room, overall) = RoomsOf(account, view);
        if (TicketReader.Problem(instrument, input) is { } problem) return new TicketEstimate(EstimateId, [], room, overall, problem.Words);

        var (sides, missing) = (new List<SideEstimate>(), default(string));
        foreach (var side in Enum.GetValues<Side>())
        {
            var meaning = await Meaning(account, view, instrument, input, side, ct);
            missing ??= meaning.Problem;
            if (meaning.Estimate is not { } estimate || estimate.Lots.Value == 0 || (meaning.StopLoss is { Length: > 0 } && estimate.WorstCase is null)) continue;

            Money Of(decimal exact) => Money.Rounded(exact, account.Currency, MidpointRounding.AwayFromZero);
            sides.Add(new SideEstimate(side, estimate.Lots, Of(estimate.Margin), Of(2 * estimate.Commission), estimate.WorstCase is { } worst ? Of(worst) : null));
        }

        var wrongSide = input.StopLoss is { Length: > 0 } ? "The stop loss is on the wrong side of the price for both directions." : null;
        return new TicketEstimate(EstimateId, sides, room, overall, sides.Count > 0 ? null : missing ?? wrongSide);
    }

    /// <summary>Left before today's floor, and before the overall one.</summary>
    private (Money? Today, Money? Overall) RoomsOf(TraderAccounts.Row account, AccountView? view) => view is null
        ? (null, null)
        : (Rooms.Today(view, tenant.Value.CultureInfo, "room")?.Left, view.State.OverallFloor is { } floor ? Money.Rounded(Math.Max(0m, view.Equity - floor), account.Currency, MidpointRounding.ToZero) : null);
}
