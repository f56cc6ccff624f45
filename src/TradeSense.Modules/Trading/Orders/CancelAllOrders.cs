using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;
using CancelAll = TradeSense.Engine.Inputs.CancelAllOrders;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>A trader takes back all pending orders, or all in one instrument.</summary>
public sealed class CancelAllOrders(SendOrder orders, TimeProvider clock)
{
    public sealed record Request(Guid AccountId, Guid UserId, string ClientId, string? Symbol = null);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;
        return await orders.Run(new CancelAll(clock.GetUtcNow(), new AccountId(request.AccountId), request.ClientId, request.Symbol), null, "", ct);
    }
}
