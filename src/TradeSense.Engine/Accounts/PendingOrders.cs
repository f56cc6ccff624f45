using TradeSense.Engine.Book;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Accounts;

/// <summary>An account's pending orders, oldest first. What is in the list is watched for its price and its expiry, and nothing else is.</summary>
internal sealed class PendingOrders(int account, Portfolio portfolio, TimeWatch expiries)
{
    private readonly List<WaitingOrder> _orders = [];

    public IReadOnlyList<WaitingOrder> All => _orders;

    public bool IsEmpty => _orders.Count == 0;

    /// <summary>Lots of all that waits; of an OCO only one can fill, and all are counted.</summary>
    public decimal Lots
    {
        get
        {
            var lots = 0m;
            foreach (var order in _orders) lots += order.State.Lots.Value;
            return lots;
        }
    }

    public decimal LotsOf(SymbolBook book, Side side) => _orders.Where(o => o.Book == book && o.State.Side == side).Sum(o => o.State.Lots.Value);

    public WaitingOrder? Find(OrderNumber number)
    {
        foreach (var order in _orders)
            if (order.State.Number == number) return order;
        return null;
    }

    public WaitingOrder Add(SymbolBook book, OrderState state)
    {
        var order = new WaitingOrder(book, state, portfolio.HalfMarkup(book));
        _orders.Add(order);
        Watch(order);
        return order;
    }

    public void Change(WaitingOrder order, OrderState state)
    {
        Unwatch(order);
        order.Change(state);
        Watch(order);
    }

    public void Remove(WaitingOrder order)
    {
        Unwatch(order);
        _orders.Remove(order);
    }

    private void Watch(WaitingOrder order)
    {
        var (what, points) = order.Watched;
        order.Book.Orders.Add(what, points, account, order.State.Number.Value);
        if (order.State.ExpiresAt is { } end) expiries.Add(end, account, order.State.Number.Value);
    }

    private void Unwatch(WaitingOrder order)
    {
        var (what, points) = order.Watched;
        order.Book.Orders.Remove(what, points, account, order.State.Number.Value);
        if (order.State.ExpiresAt is { } end) expiries.Remove(end, account, order.State.Number.Value);
    }
}
