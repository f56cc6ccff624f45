using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;
using Stop = TradeSense.Engine.Inputs.SetTimeStop;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>A trader has a position closed at the first price at or after a time.</summary>
public sealed class SetTimeStop(SendOrder orders, TimeProvider clock)
{
    /// <param name="CloseAt">Empty gives it up.</param>
    public sealed record Request(Guid AccountId, Guid UserId, string ClientId, int Position, DateTimeOffset? CloseAt);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;
        var wish = new Stop(clock.GetUtcNow(), new AccountId(request.AccountId), request.ClientId, new PositionNumber(request.Position), request.CloseAt?.ToUniversalTime());
        return await orders.Run(wish, null, "CloseAt", ct);
    }
}
