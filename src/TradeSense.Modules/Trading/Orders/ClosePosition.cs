using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using Close = TradeSense.Engine.Inputs.ClosePosition;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>A trader closes a position at the market, whole or in part.</summary>
public sealed class ClosePosition(SendOrder orders, TradeSenseDb db, TimeProvider clock)
{
    /// <param name="Lots">Empty closes all of it.</param>
    public sealed record Request(Guid AccountId, Guid UserId, string ClientId, int Position, string? Lots = null);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;

        var symbol = await db.Set<OpenPosition>().AsNoTracking()
            .Where(position => position.AccountId == request.AccountId && position.Number == request.Position).Select(position => position.Symbol).SingleOrDefaultAsync(ct);
        var (instrument, lots) = (OrderText.InstrumentOf(symbol), default(Lots?));
        // A position that is gone has no instrument: the desk tells, which also knows a repeated close by its client id.
        if (instrument is not null && !string.IsNullOrEmpty(request.Lots))
        {
            if (!Lots.TryParse(request.Lots, instrument, out var part)) return TradingRefusal.Quantity(instrument);
            lots = part;
        }

        return await orders.Run(new Close(clock.GetUtcNow(), new AccountId(request.AccountId), request.ClientId, new PositionNumber(request.Position), lots), instrument, ct);
    }
}
