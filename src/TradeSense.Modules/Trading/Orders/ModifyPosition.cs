using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;
using Modify = TradeSense.Engine.Inputs.ModifyPosition;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>A trader sets or removes stop loss and take profit of an open position; both are set, an empty one is removed.</summary>
public sealed class ModifyPosition(SendOrder orders, TimeProvider clock)
{
    public sealed record Request(Guid AccountId, Guid UserId, string ClientId, int Position, string? StopLoss, string? TakeProfit);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;
        if (await orders.FormOfPosition(request.AccountId, request.Position, ct) is not { } form) return await orders.UnknownPosition(request.AccountId, request.ClientId, request.Position, ct);

        var wish = new Modify(
            clock.GetUtcNow(), new AccountId(request.AccountId), request.ClientId, new PositionNumber(request.Position), form.Level(request.StopLoss, "StopLoss"),
            form.Level(request.TakeProfit, "TakeProfit"));
        return await orders.Run(wish, form, wish.StopLoss is null ? "TakeProfit" : "StopLoss", ct);
    }
}
