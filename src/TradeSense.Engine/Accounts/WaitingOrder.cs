using TradeSense.Engine.Book;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Accounts;

/// <summary>A pending order inside the engine, and the quote it waits for.</summary>
internal sealed class WaitingOrder(SymbolBook book, OrderState state, long halfMarkupInPoints)
{
    public SymbolBook Book { get; } = book;
    public OrderState State { get; private set; } = state;

    /// <summary>The side the price must come from, and the symbol's own price that is far enough with this account's mark-up.</summary>
    public (WatchFor What, long Points) Watched
    {
        get
        {
            var price = Book.Scale.PointsOf(AwaitsStop || State.Kind != OrderKind.StopLimit ? State.Price : State.LimitPrice!.Value);
            if (State.Side == Side.Buy) return (AwaitsStop ? WatchFor.AskAtOrAbove : WatchFor.AskAtOrBelow, price - halfMarkupInPoints);
            return (AwaitsStop ? WatchFor.BidAtOrBelow : WatchFor.BidAtOrAbove, price + halfMarkupInPoints);
        }
    }

    /// <summary>A stop or stop-limit that has not met its price yet.</summary>
    public bool AwaitsStop => State.Kind != OrderKind.Limit && !State.IsTriggered;

    /// <summary>Whether the current quote is the one it waits for.</summary>
    public bool IsReached
    {
        get
        {
            var (what, points) = Watched;
            return what switch
            {
                WatchFor.AskAtOrBelow => Book.AskInPoints <= points,
                WatchFor.AskAtOrAbove => Book.AskInPoints >= points,
                WatchFor.BidAtOrBelow => Book.BidInPoints <= points,
                _ => Book.BidInPoints >= points,
            };
        }
    }

    public void Change(OrderState state) => State = state;
}
