using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;
using Trail = TradeSense.Engine.Inputs.SetTrailingStop;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>A trader lets a position's stop loss follow the price at a distance, or stops it following.</summary>
public sealed class SetTrailingStop(SendOrder orders, TimeProvider clock)
{
    /// <param name="Distance">In price, for example 0.00150; empty stops the following, the stop stays where it is.</param>
    public sealed record Request(Guid AccountId, Guid UserId, string ClientId, int Position, string? Distance);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;
        if (await orders.FormOfPosition(request.AccountId, request.Position, ct) is not { } form) return await orders.UnknownPosition(request.AccountId, request.ClientId, request.Position, ct);

        var wish = new Trail(clock.GetUtcNow(), new AccountId(request.AccountId), request.ClientId, new PositionNumber(request.Position), form.Level(request.Distance, "Distance"));
        return await orders.Run(wish, form, "Distance", ct);
    }
}
