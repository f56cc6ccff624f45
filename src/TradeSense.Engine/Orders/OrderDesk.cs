using TradeSense.Engine.Accounts;
using TradeSense.Engine.Book;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Orders;

/// <summary>Carries out what a trader asks of positions, or says why not. The first reason in the documented order wins.</summary>
internal sealed class OrderDesk(OrderChecks checks, Market market)
{
    public RejectReason? Place(TradingAccount account, MarketOrder order, DateTimeOffset at)
    {
        if (account.Status != AccountStatus.Active) return RejectReason.AccountNotActive;
        if (market.Book(order.Symbol) is not { } book) return RejectReason.UnknownInstrument;
        if (!checks.IsOpen(book, at)) return RejectReason.MarketClosed;
        if (!book.Instrument.Accepts(order.Lots)) return RejectReason.InvalidQuantity;
        if (!OrderChecks.AreLevels(account, book, order.Side, order.StopLoss, order.TakeProfit)) return RejectReason.InvalidPrice;
        if (!OrderChecks.AreGuards(book.Instrument, order.Guards) || order.WorstPrice is { } named && !book.Instrument.Accepts(named)) return RejectReason.InvalidPrice;
        if (!checks.HasPrice(account, book, at) || HasSlipped(account, book, order)) return RejectReason.NoPrice;
        if (checks.AtMarket(account, book, order.Side, order.Lots, order.StopLoss, order.TakeProfit, at) is { } refusal) return refusal;

        account.Open(book, new(order.Side, order.Lots, order.StopLoss, order.TakeProfit, order.Guards, order.ClientId), at);
        account.Settle(at);
        return null;
    }

    public RejectReason? Close(TradingAccount account, ClosePosition wish, DateTimeOffset at)
    {
        if (account.Status != AccountStatus.Active) return RejectReason.AccountNotActive;
        if (account.Portfolio.Find(wish.Position) is not { } position) return RejectReason.UnknownPosition;
        if (!checks.IsOpen(position.Book, at)) return RejectReason.MarketClosed;
        if (!CanTakeOff(position, wish.Lots)) return RejectReason.InvalidQuantity;
        if (!checks.HasPrice(account, position.Book, at)) return RejectReason.NoPrice;

        account.CloseByTrader(position, wish.Lots is { } lots ? position.Book.Scale.StepsOf(lots) : position.Steps, at, wish.ClientId);
        account.Settle(at);
        return null;
    }

    /// <summary>Closes what can be closed; refused only when there are positions and none of them can.</summary>
    public RejectReason? CloseAll(TradingAccount account, CloseAllPositions wish, DateTimeOffset at)
    {
        if (account.Status != AccountStatus.Active) return RejectReason.AccountNotActive;
        if (wish.Symbol is not null && market.Book(wish.Symbol) is null) return RejectReason.UnknownInstrument;

        Position[] positions = [.. account.Portfolio.Positions.Where(p => wish.Symbol is null || p.Book.Instrument.Symbol == wish.Symbol)];
        Position[] closable = [.. positions.Where(p => checks.IsOpen(p.Book, at) && checks.HasPrice(account, p.Book, at))];
        if (positions.Length > 0 && closable.Length == 0) return checks.IsOpen(positions[0].Book, at) ? RejectReason.NoPrice : RejectReason.MarketClosed;

        if (wish.WithOrders) PendingDesk.CancelOf(account, wish.Symbol, at, wish.ClientId);
        foreach (var position in closable) account.CloseByTrader(position, position.Steps, at, wish.ClientId);
        account.Settle(at);
        return null;
    }

    /// <summary>Margin and rules are judged as if the position were gone already, since its own margin is free then.</summary>
    public RejectReason? Reverse(TradingAccount account, ReversePosition wish, DateTimeOffset at)
    {
        if (account.Status != AccountStatus.Active) return RejectReason.AccountNotActive;
        if (account.Portfolio.Find(wish.Position) is not { } position) return RejectReason.UnknownPosition;
        if (!checks.IsOpen(position.Book, at)) return RejectReason.MarketClosed;
        var (book, lots, side) = (position.Book, new Lots(position.Lots), position.Side == Side.Buy ? Side.Sell : Side.Buy);
        if (!book.Instrument.Accepts(lots)) return RejectReason.InvalidQuantity;
        if (!checks.HasPrice(account, book, at)) return RejectReason.NoPrice;
        if (checks.AtReversal(account, position, at) is { } refusal) return refusal;

        account.CloseByTrader(position, position.Steps, at, wish.ClientId, CloseReason.Reverse);
        account.Open(book, new(side, lots, null, null, null, wish.ClientId), at);
        account.Settle(at);
        return null;
    }

    public static RejectReason? Modify(TradingAccount account, ModifyPosition wish, DateTimeOffset at)
    {
        if (account.Status != AccountStatus.Active) return RejectReason.AccountNotActive;
        if (account.Portfolio.Find(wish.Position) is not { } position) return RejectReason.UnknownPosition;
        if (!OrderChecks.AreLevels(account, position.Book, position.Side, wish.StopLoss, wish.TakeProfit)) return RejectReason.InvalidPrice;
        if (FloorGuard.ForbidsMoving(account, position, wish.StopLoss)) return RejectReason.WouldBreach;

        account.Protect(position, wish, at);
        return null;
    }

    /// <summary>Trailing stop, breakeven or time stop: the change of one of them leaves the others.</summary>
    public static RejectReason? Watch(TradingAccount account, PositionNumber number, Func<PositionGuards, PositionGuards> change, string clientId, DateTimeOffset at)
    {
        if (account.Status != AccountStatus.Active) return RejectReason.AccountNotActive;
        if (account.Portfolio.Find(number) is not { } position) return RejectReason.UnknownPosition;
        var guards = change(position.Guard?.Guards ?? new PositionGuards());
        if (!OrderChecks.AreGuards(position.Book.Instrument, guards)) return RejectReason.InvalidPrice;

        account.Watch(position, guards, at, clientId);
        return null;
    }

    private static bool HasSlipped(TradingAccount account, SymbolBook book, MarketOrder order)
    {
        if (order.WorstPrice is not { } worst) return false;
        var price = book.Scale.PriceOf(account.Portfolio.OpeningInPoints(book, order.Side));
        return order.Side == Side.Buy ? price > worst : price < worst;
    }

    private static bool CanTakeOff(Position position, Lots? wish)
    {
        if (wish is not { } lots) return true;
        var (instrument, left) = (position.Book.Instrument, position.Lots - lots.Value);
        return instrument.Accepts(lots) && (left == 0 || left >= instrument.MinimumLots.Value);
    }
}
