using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;

namespace TradeSense.Modules.Payments;

/// <summary>A trader's orders, and one of them with all its page and receipt show.</summary>
public sealed class OrderList(TradeSenseDb db)
{
    /// <param name="AccountId">The trading account the order started; null until it has.</param>
    /// <param name="IsStarted">The challenge has begun; one without phases has no account before the identity check and the contract.</param>
    /// <param name="Problem">Why it is not paid or held: the code of a refusal.</param>
    public sealed record Row(
        Guid Id, long Number, string Title, Money Size, Money Price, Money Paid, OrderStatus Status, string? Problem, DateTimeOffset CreatedAt, DateTimeOffset? PaidAt, Guid? AccountId, bool IsStarted);

    public sealed record Receipt(Row Order, long Number, string Gateway, string Reference, string BuyerName, string BuyerEmail, string BuyerCountry, string ModelHash, int ModelNumber);

    public async Task<(IReadOnlyList<Row> Rows, int Total)> Of(Guid userId, int page, int size, CancellationToken ct)
    {
        var orders = db.Set<Order>().AsNoTracking().Where(order => order.UserId == userId);
        var rows = await Rows(orders.OrderByDescending(order => order.CreatedAt).Skip((page - 1) * size).Take(size)).ToListAsync(ct);
        return (rows.ConvertAll(row => row.AsRow()), await orders.CountAsync(ct));
    }

    /// <summary>Null for another person's order as for one that does not exist.</summary>
    public async Task<Row?> Find(Guid orderId, Guid userId, CancellationToken ct) =>
        (await Rows(db.Set<Order>().AsNoTracking().Where(order => order.Id == orderId && order.UserId == userId)).SingleOrDefaultAsync(ct))?.AsRow();

    public async Task<Receipt?> ReceiptOf(Guid orderId, Guid userId, CancellationToken ct)
    {
        var order = await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(order => order.Id == orderId && order.UserId == userId && order.Status == OrderStatus.Paid, ct);
        if (order is null) return null;

        var buyer = await db.Set<User>().AsNoTracking().SingleAsync(user => user.Id == userId, ct);
        var version = await db.Set<ModelVersion>().AsNoTracking().SingleAsync(version => version.Id == order.ModelVersionId, ct);
        return new Receipt(
            new Found(order, null, true).AsRow(), order.ReceiptNumber!.Value, order.Gateway, order.PaymentReference ?? "", buyer.UserName, buyer.Email, buyer.Country, version.Hash, version.Number);
    }

    private sealed record Found(Order Order, Guid? AccountId, bool IsStarted)
    {
        public Row AsRow() => new(
            Order.Id, Order.Number, Order.Title, new Money(Order.Size, Order.Currency), Order.Total, Order.Paid, Order.Status, Order.Problem, Order.CreatedAt, Order.PaidAt, AccountId, IsStarted);
    }

    /// <summary>The newest phase's account, so that a link from an old order leads to where the challenge is now.</summary>
    private IQueryable<Found> Rows(IQueryable<Order> orders) => orders.Select(order => new Found(order, (
        from challenge in db.Set<Challenge>()
        join phase in db.Set<ChallengePhase>() on challenge.Id equals phase.ChallengeId
        where challenge.OrderId == order.Id
        orderby phase.PhaseIndex descending
        select (Guid?)phase.Id).FirstOrDefault(), db.Set<Challenge>().Any(challenge => challenge.OrderId == order.Id)));
}
