using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;

namespace TradeSense.Modules.Payments;

/// <summary>Payments that fit no order: those that wait for a decision, and what was decided.</summary>
public sealed class HeldPayments(TradeSenseDb db)
{
    private const int MostDecided = 100;

    /// <param name="Trader">Null where the gateway named an order nobody placed.</param>
    public sealed record Row(Guid Id, string? Trader, long? OrderNumber, decimal Amount, string Currency, HeldStatus Status, DateTimeOffset ReceivedAt);

    /// <param name="Difference">What came less what the order costs; null where the two cannot be compared.</param>
    /// <param name="MayRelease">It can still become the order's payment.</param>
    public sealed record Case(HeldPayment Payment, Order? Order, string? Trader, string? TraderEmail, Money? Difference, bool MayRelease, string? DecidedBy);

    public async Task<IReadOnlyList<Row>> Read(bool waiting, CancellationToken ct)
    {
        var payments = db.Set<HeldPayment>().AsNoTracking();
        payments = waiting
            ? payments.Where(held => held.Status == HeldStatus.Held).OrderBy(held => held.ReceivedAt)
            : payments.Where(held => held.Status != HeldStatus.Held).OrderByDescending(held => held.DecidedAt).Take(MostDecided);
        return await payments.Select(held => new Row(
            held.Id,
            db.Set<Order>().Where(order => order.Id == held.OrderId).Join(db.Set<User>(), order => order.UserId, user => user.Id, (_, user) => user.UserName).FirstOrDefault(),
            db.Set<Order>().Where(order => order.Id == held.OrderId).Select(order => (long?)order.Number).FirstOrDefault(),
            held.Amount, held.Currency, held.Status, held.ReceivedAt)).ToListAsync(ct);
    }

    public Task<int> Waiting(CancellationToken ct) => db.Set<HeldPayment>().CountAsync(held => held.Status == HeldStatus.Held, ct);

    /// <summary>Null when there is no such payment.</summary>
    public async Task<Case?> Find(Guid id, CancellationToken ct)
    {
        if (await db.Set<HeldPayment>().AsNoTracking().SingleOrDefaultAsync(held => held.Id == id, ct) is not { } held) return null;

        var order = await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(order => order.Id == held.OrderId, ct);
        var trader = order is null ? null : await db.Set<User>().AsNoTracking().SingleAsync(user => user.Id == order.UserId, ct);
        var decidedBy = await db.Set<User>().AsNoTracking().Where(user => user.Id == held.DecidedBy).Select(user => user.UserName).SingleOrDefaultAsync(ct);
        Money? difference = held.Booked is { } booked && order is not null && booked.Currency == order.Currency ? booked - order.Total : null;
        return new Case(held, order, trader?.UserName, trader?.Email, difference, difference is not null && order!.Status is OrderStatus.Held && held.Status is HeldStatus.Held, decidedBy);
    }
}
