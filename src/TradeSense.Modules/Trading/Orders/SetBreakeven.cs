using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;
using Even = TradeSense.Engine.Inputs.SetBreakeven;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>A trader lets a position's stop loss go to the entry, or better, once the profit has reached a distance.</summary>
public sealed class SetBreakeven(SendOrder orders, TimeProvider clock)
{
    /// <param name="Trigger">The profit, as a distance in price; with an empty offset too it is given up.</param>
    /// <param name="Offset">How much better than the entry, smaller than the trigger; empty is the entry itself.</param>
    public sealed record Request(Guid AccountId, Guid UserId, string ClientId, int Position, string? Trigger, string? Offset);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;
        if (await orders.FormOfPosition(request.AccountId, request.Position, ct) is not { } form) return await orders.UnknownPosition(request.AccountId, request.ClientId, request.Position, ct);

        var wish = new Even(
            clock.GetUtcNow(), new AccountId(request.AccountId), request.ClientId, new PositionNumber(request.Position), form.Breakeven(request.Trigger, request.Offset));
        return await orders.Run(wish, form, "Trigger", ct);
    }
}
