using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;
using CloseAll = TradeSense.Engine.Inputs.CloseAllPositions;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>A trader closes everything at the market.</summary>
public sealed class CloseAllPositions(SendOrder orders, TimeProvider clock)
{
    public sealed record Request(Guid AccountId, Guid UserId, string ClientId);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;
        return await orders.Run(new CloseAll(clock.GetUtcNow(), new AccountId(request.AccountId), request.ClientId), null, ct);
    }
}
