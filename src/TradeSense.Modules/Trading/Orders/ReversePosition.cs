using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;
using Reverse = TradeSense.Engine.Inputs.ReversePosition;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>A trader turns a position round at the market: closed, and as large on the other side.</summary>
public sealed class ReversePosition(SendOrder orders, TimeProvider clock)
{
    public sealed record Request(Guid AccountId, Guid UserId, string ClientId, int Position);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;
        return await orders.Run(new Reverse(clock.GetUtcNow(), new AccountId(request.AccountId), request.ClientId, new PositionNumber(request.Position)), null, "", ct);
    }
}
