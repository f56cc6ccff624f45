using TradeSense.Engine.Accounts;
using TradeSense.Engine.Book;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Orders;

/// <summary>What an order would do: under netting so many steps close what is held on the other side, and only the rest opens. Without netting all of it opens.</summary>
internal readonly record struct Netted(long Closed, long Opened)
{
    public static Netted Of(TradingAccount account, SymbolBook book, Side side, Lots lots)
    {
        var steps = book.Scale.StepsOf(lots);
        var closed = account.Terms.IsNetting ? Math.Min(steps, account.Portfolio.StepsAgainst(book, side)) : 0;
        return new Netted(closed, steps - closed);
    }

    /// <summary>Closing is always allowed: what an account's rules forbid is opening.</summary>
    public bool OnlyCloses => Opened == 0;
}
