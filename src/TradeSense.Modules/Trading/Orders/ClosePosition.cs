using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;
using Close = TradeSense.Engine.Inputs.ClosePosition;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>A trader closes a position at the market, whole or in part.</summary>
public sealed class ClosePosition(SendOrder orders, TimeProvider clock)
{
    /// <param name="Lots">Empty closes all of it.</param>
    public sealed record Request(Guid AccountId, Guid UserId, string ClientId, int Position, string? Lots = null);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;

        // A position that is gone has no instrument: the desk tells, which also knows a repeated close by its client id.
        var form = await orders.FormOfPosition(request.AccountId, request.Position, ct);
        var lots = string.IsNullOrEmpty(request.Lots) ? null : form?.Lots(request.Lots);
        return await orders.Run(new Close(clock.GetUtcNow(), new AccountId(request.AccountId), request.ClientId, new PositionNumber(request.Position), lots), form, "Lots", ct);
    }
}
