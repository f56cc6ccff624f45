using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>A trader buys or sells at the market. Answered after the fill, or its refusal, is durable.</summary>
public sealed class PlaceMarketOrder(SendOrder orders, TimeProvider clock)
{
    /// <param name="ClientId">The sender's own id: sent twice with the same content it trades once.</param>
    /// <param name="Side">Buy or sell, in any case.</param>
    public sealed record Request(Guid AccountId, Guid UserId, string ClientId, string Symbol, string Side, string Lots, string? StopLoss = null, string? TakeProfit = null);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;
        if (OrderText.InstrumentOf(request.Symbol) is not { } instrument) return TradingRefusal.UnknownInstrument;
        if (SideOf(request.Side) is not { } side) return TradingRefusal.InvalidSide;
        if (!Lots.TryParse(request.Lots, instrument, out var lots)) return TradingRefusal.Quantity(instrument);

        var stopLoss = OrderText.Level(request.StopLoss, instrument, nameof(request.StopLoss));
        if (stopLoss.IsRefused) return stopLoss.Refusal;
        var takeProfit = OrderText.Level(request.TakeProfit, instrument, nameof(request.TakeProfit));
        if (takeProfit.IsRefused) return takeProfit.Refusal;

        var order = new MarketOrder(clock.GetUtcNow(), new AccountId(request.AccountId), request.ClientId, instrument.Symbol, side, lots, stopLoss.Value, takeProfit.Value);
        return await orders.Run(order, instrument, ct);
    }

    private static Side? SideOf(string text) => text.ToUpperInvariant() switch { "BUY" => Side.Buy, "SELL" => Side.Sell, _ => null };
}
