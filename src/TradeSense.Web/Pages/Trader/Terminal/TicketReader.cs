using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>
/// Turns what was typed into what is sent: risk and money into lots, pips and money into prices, for one side. Every amount comes from the desk's
/// estimate, so the ticket promises nothing that a fill would reckon otherwise.
/// </summary>
public sealed class TicketReader(TradingDesk desk)
{
    public const string NoSize = "This stop loss leaves no size that keeps within the risk: widen the risk, move the stop closer, or put it on the other side of the price.";
    private const int ProbePoints = 1000;

    public async Task<TicketMeaning> Run(TraderAccounts.Row account, decimal equity, Instrument instrument, TicketInput input, Side side, CancellationToken ct)
    {
        if (Problem(instrument, input) is { } problem) return new TicketMeaning(Sized(input), input.StopLoss, input.TakeProfit, null, problem.Words, problem.Field);

        var one = await desk.Estimate(new AccountId(account.Id), new OrderSketch(instrument.Symbol, side, instrument.MinimumLots, null, null), ct);
        if (one is null) return new TicketMeaning(Sized(input), ByPrice(input, input.StopLoss), ByPrice(input, input.TakeProfit), null, Sized(input).Length > 0 ? null : "There is no price to work the size out with.");

        Price? waits = Price.TryParse(input.EntryPrice, instrument, out var typed) ? typed : null;
        var entry = waits?.Value ?? one.Opening.Value;
        var worth = input.LevelsBy is "money" ? await WorthOfPoints(account, instrument, input, side, one, ct) : 0m;
        var (stop, target) = (Level(input, instrument, side, entry, input.StopLoss, -1, worth), Level(input, instrument, side, entry, input.TakeProfit, 1, worth));

        var estimate = await Estimate(account, equity, instrument, input, side, (stop, waits), ct);
        if (estimate is null) return new TicketMeaning(Sized(input), Text(stop, input, input.StopLoss), Text(target, input, input.TakeProfit), null);

        var lots = input.SizeBy is "lots" ? input.Lots ?? "" : estimate.Lots.Value > 0 ? PlainDecimal.Text(estimate.Lots.Value) : "";
        return new TicketMeaning(lots, Text(stop, input, input.StopLoss), Text(target, input, input.TakeProfit), estimate, lots.Length == 0 ? NoSize : null, "StopLoss");
    }

    private static string Sized(TicketInput input) => input.SizeBy is "lots" ? input.Lots ?? "" : "";

    private static string? ByPrice(TicketInput input, string? typed) => input.LevelsBy is "price" ? typed : null;

    /// <summary>Prices are sent as typed, so that what is wrong with them is told about what was typed.</summary>
    private static string? Text(Price? level, TicketInput input, string? typed) => input.LevelsBy is "price" ? typed : level is { } price ? PlainDecimal.Text(price.Value) : null;

    private Task<OrderEstimate?> Estimate(TraderAccounts.Row account, decimal equity, Instrument instrument, TicketInput input, Side side, (Price? Stop, Price? Entry) at, CancellationToken ct)
    {
        Lots? lots = input.SizeBy is "lots" && Lots.TryParse(input.Lots, instrument, out var typed) ? typed : null;
        decimal? risk = input.SizeBy switch
        {
            "risk" when PlainDecimal.TryParse(input.RiskPercent, out var percent) => new Percent(percent).Of(equity),
            "money" when PlainDecimal.TryParse(input.RiskMoney, out var money) => money,
            _ => null,
        };
        return lots is null && risk is null ? Task.FromResult<OrderEstimate?>(null) : desk.Estimate(new AccountId(account.Id), new OrderSketch(instrument.Symbol, side, lots, risk, at.Stop, at.Entry), ct);
    }

    /// <summary>What one point of the price is worth for the lots typed: a stop so many points away, without the commissions, divided by them.</summary>
    private async Task<decimal> WorthOfPoints(TraderAccounts.Row account, Instrument instrument, TicketInput input, Side side, OrderEstimate one, CancellationToken ct)
    {
        if (!Lots.TryParse(input.Lots, instrument, out var lots)) return 0m;

        var stop = one.Opening.Value + (side is Side.Buy ? -ProbePoints : ProbePoints) * PointOf(instrument);
        var probe = await desk.Estimate(new AccountId(account.Id), new OrderSketch(instrument.Symbol, side, lots, null, new Price(decimal.Round(stop, instrument.Digits, MidpointRounding.AwayFromZero))), ct);
        return probe?.WorstCase is { } worst ? (worst - (2 * probe.Commission)) / ProbePoints : 0m;
    }

    /// <param name="direction">−1 for a loss, 1 for a profit, as a buyer sees them.</param>
    private static Price? Level(TicketInput input, Instrument instrument, Side side, decimal entry, string? typed, int direction, decimal worth)
    {
        if (string.IsNullOrEmpty(typed)) return null;
        if (input.LevelsBy is "price") return Price.TryParse(typed, instrument, out var price) ? price : null;
        if (!PlainDecimal.TryParse(typed, out var amount) || amount <= 0) return null;

        var distance = input.LevelsBy is "pips" ? amount * instrument.Pip() : worth > 0 ? decimal.Round(amount / worth, 0, MidpointRounding.AwayFromZero) * PointOf(instrument) : 0m;
        var level = decimal.Round(entry + ((side is Side.Buy ? direction : -direction) * distance), instrument.Digits, MidpointRounding.AwayFromZero);
        return level > 0 && distance > 0 ? new Price(level) : null;
    }

    private static decimal PointOf(Instrument instrument)
    {
        var point = 1m;
        for (var i = 0; i < instrument.Digits; i++) point /= 10m;
        return point;
    }

    /// <summary>What keeps the ticket from being worked out at all, with the field it stands in; null when nothing does.</summary>
    public static (string Words, string Field)? Problem(Instrument instrument, TicketInput input)
    {
        if (input.SizeBy is "lots" && !Lots.TryParse(input.Lots, instrument, out _))
            return ($"Lots go from {PlainDecimal.Text(instrument.MinimumLots.Value)} to {PlainDecimal.Text(instrument.MaximumLots.Value)} in steps of {PlainDecimal.Text(instrument.LotStep.Value)}, written with a point.", "Lots");
        if (input.SizeBy is "risk" && (!PlainDecimal.TryParse(input.RiskPercent, out var percent) || percent is <= 0 or > 100)) return ("Write the risk in percent of equity, like 0.5.", "RiskPercent");
        if (input.SizeBy is "money" && (!PlainDecimal.TryParse(input.RiskMoney, out var money) || money <= 0)) return ("Write what the stop loss may cost, like 250.", "RiskMoney");
        if (input.SizeBy is not "lots" && string.IsNullOrEmpty(input.StopLoss)) return ("Set a stop loss: without it the size cannot be worked out from the risk.", "StopLoss");
        if (input.SizeBy is not "lots" && input.LevelsBy is "money") return ("With a size from the risk, type the stop loss as a price or in pips.", "StopLoss");

        foreach (var (name, typed) in new[] { ("StopLoss", input.StopLoss), ("TakeProfit", input.TakeProfit) })
        {
            if (string.IsNullOrEmpty(typed)) continue;
            if (input.LevelsBy is "price" && !Price.TryParse(typed, instrument, out _)) return ($"Write it as a price with at most {instrument.Digits} digits after the point.", name);
            if (input.LevelsBy is not "price" && (!PlainDecimal.TryParse(typed, out var amount) || amount <= 0)) return (input.LevelsBy is "pips" ? "Write it in pips, like 25." : "Write it as an amount of money, like 100.", name);
        }

        return null;
    }
}
