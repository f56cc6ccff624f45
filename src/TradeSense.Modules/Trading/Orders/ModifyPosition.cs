using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using Modify = TradeSense.Engine.Inputs.ModifyPosition;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>A trader sets or removes stop loss and take profit of an open position; both are set, an empty one is removed.</summary>
public sealed class ModifyPosition(SendOrder orders, TradeSenseDb db, TimeProvider clock)
{
    public sealed record Request(Guid AccountId, Guid UserId, string ClientId, int Position, string? StopLoss, string? TakeProfit);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;

        var symbol = await db.Set<OpenPosition>().AsNoTracking()
            .Where(position => position.AccountId == request.AccountId && position.Number == request.Position).Select(position => position.Symbol).SingleOrDefaultAsync(ct);
        if (OrderText.InstrumentOf(symbol) is not { } instrument) return TradingRefusal.UnknownPosition;

        var stopLoss = OrderText.Level(request.StopLoss, instrument, nameof(request.StopLoss));
        if (stopLoss.IsRefused) return stopLoss.Refusal;
        var takeProfit = OrderText.Level(request.TakeProfit, instrument, nameof(request.TakeProfit));
        if (takeProfit.IsRefused) return takeProfit.Refusal;

        var wish = new Modify(clock.GetUtcNow(), new AccountId(request.AccountId), request.ClientId, new PositionNumber(request.Position), stopLoss.Value, takeProfit.Value);
        return await orders.Run(wish, instrument, ct);
    }
}
