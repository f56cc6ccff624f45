using TradeSense.Engine.Accounts;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Rules;
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
        reader.Run(account, view?.Equity ?? account.Balance, instrument, input.AsSent(), side, ct);

    public async Task<TicketEstimate> Estimate(TraderAccounts.Row account, AccountView? view, Instrument instrument, TicketInput input, CancellationToken ct)
    {
        var (room, overall) = RoomsOf(account, view);
        input = input.AsSent();
        if (TicketReader.Problem(instrument, input) is { } problem) return new TicketEstimate(EstimateId, [], room, overall, problem.Words);

        var (lines, missing) = (new List<SideEstimate>(), default(string));
        var orders = input.Type is "oco" ? await Legs(account, view, instrument, input, ct) : [.. Enum.GetValues<Side>().OrderDescending().Select(side => (side.ToString(), side, input))];
        foreach (var (words, side, wish) in orders)
        {
            var meaning = await Meaning(account, view, instrument, wish, side, ct);
            missing ??= meaning.Problem;
            if (meaning.Estimate is not { } estimate || estimate.Lots.Value == 0 || (meaning.StopLoss is { Length: > 0 } && estimate.WorstCase is null)) continue;

            Money Of(decimal exact) => Money.Rounded(exact, account.Currency, MidpointRounding.AwayFromZero);
            lines.Add(new SideEstimate(words, estimate.Lots, Of(estimate.Margin), Of(2 * estimate.Commission), estimate.WorstCase is { } worst ? Of(worst) : null, Breaks(view, estimate)));
        }

        var wrongSide = input.StopLoss is { Length: > 0 } ? "The stop loss is on the wrong side of the price for both directions." : null;
        return new TicketEstimate(EstimateId, lines, room, overall, lines.Count > 0 ? null : missing ?? wrongSide);
    }

    /// <summary>Both orders of an OCO as orders of their own; the second takes the lots worked out for the first.</summary>
    private async Task<(string Words, Side Side, TicketInput Input)[]> Legs(TraderAccounts.Row account, AccountView? view, Instrument instrument, TicketInput input, CancellationToken ct)
    {
        var (first, other) = (input.FirstSide is "Sell" ? Side.Sell : Side.Buy, input.OtherSide is "Sell" ? Side.Sell : Side.Buy);
        var sized = await Meaning(account, view, instrument, input, first, ct);
        var second = input with { SizeBy = "lots", Lots = sized.Lots, Price = input.OtherPrice, StopLoss = input.OtherStopLoss, TakeProfit = input.OtherTakeProfit };
        return [($"{first} {input.FirstKind}", first, input), ($"{other} {input.OtherKind}", other, second)];
    }

    /// <summary>The engine's own verdict on the equity at the stop loss: which rule, and what it does.</summary>
    private static string? Breaks(AccountView? view, OrderEstimate estimate)
    {
        if (!estimate.WouldBreach || view is null) return null;

        var terms = LossTerms.Of(view.State.Terms);
        return LossState.Of(view.State).Crossed(terms, view.Equity - estimate.WorstCase!.Value, withDaily: true)?.Rule switch
        {
            LossRule.DailyLoss when terms.Daily?.Effect is BreachEffect.Pause => "would cross today’s floor and pause trading until the next day",
            LossRule.DailyLoss => "would break today’s floor and end the account",
            _ => "would break the overall floor and end the account",
        };
    }

    /// <summary>Left before today's floor, and before the overall one.</summary>
    private (Money? Today, Money? Overall) RoomsOf(TraderAccounts.Row account, AccountView? view) => view is null
        ? (null, null)
        : (Rooms.Today(view, tenant.Value.CultureInfo, "room")?.Left, view.State.OverallFloor is { } floor ? Money.Rounded(Math.Max(0m, view.Equity - floor), account.Currency, MidpointRounding.ToZero) : null);
}
