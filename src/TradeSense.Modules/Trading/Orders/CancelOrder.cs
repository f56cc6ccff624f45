using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;
using Cancel = TradeSense.Engine.Inputs.CancelOrder;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>A trader takes back a pending order, or with it all orders of the same command.</summary>
public sealed class CancelOrder(SendOrder orders, TimeProvider clock)
{
    /// <param name="WholeGroup">All limits of a scaled order, both legs of an OCO.</param>
    public sealed record Request(Guid AccountId, Guid UserId, string ClientId, int Order, bool WholeGroup = false);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;
        return await orders.Run(new Cancel(clock.GetUtcNow(), new AccountId(request.AccountId), request.ClientId, new OrderNumber(request.Order), request.WholeGroup), null, "", ct);
    }
}
