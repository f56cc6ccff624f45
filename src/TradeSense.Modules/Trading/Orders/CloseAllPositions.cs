using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;
using CloseAll = TradeSense.Engine.Inputs.CloseAllPositions;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>A trader closes everything at the market, or everything in one instrument.</summary>
public sealed class CloseAllPositions(SendOrder orders, TimeProvider clock)
{
    /// <param name="WithOrders">Pending orders are cancelled too: flat.</param>
    public sealed record Request(Guid AccountId, Guid UserId, string ClientId, string? Symbol = null, bool WithOrders = false);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;
        return await orders.Run(new CloseAll(clock.GetUtcNow(), new AccountId(request.AccountId), request.ClientId, request.Symbol, request.WithOrders), null, "", ct);
    }
}
