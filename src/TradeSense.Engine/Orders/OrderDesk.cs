using TradeSense.Engine.Accounts;
using TradeSense.Engine.Book;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Orders;

/// <summary>Carries out what a trader or the firm asks of an account, or says why not. The first reason in the documented order wins.</summary>
internal sealed class OrderDesk(EngineOptions options, Market market)
{
    public RejectReason? Place(TradingAccount account, MarketOrder order, DateTimeOffset at)
    {
        if (account.Status != AccountStatus.Active) return RejectReason.AccountNotActive;
        if (market.Book(order.Symbol) is not { } book) return RejectReason.UnknownInstrument;
        if (!IsOpen(book, at)) return RejectReason.MarketClosed;
        if (!book.Instrument.Accepts(order.Lots)) return RejectReason.InvalidQuantity;
        if (!AreLevels(account, book, order.Side, order.StopLoss, order.TakeProfit)) return RejectReason.InvalidPrice;
        if (!HasPrice(account, book, at)) return RejectReason.NoPrice;
        if (!account.Terms.WeekendHolding && MarketHours.IsWeekend(at)) return RejectReason.RuleForbids;
        if (FreeMarginAfter(account, book, order) < 0) return RejectReason.InsufficientMargin;

        account.Open(book, order, at);
        return null;
    }

    public RejectReason? Close(TradingAccount account, ClosePosition wish, DateTimeOffset at)
    {
        if (account.Status != AccountStatus.Active) return RejectReason.AccountNotActive;
        if (account.Portfolio.Find(wish.Position) is not { } position) return RejectReason.UnknownPosition;
        if (!IsOpen(position.Book, at)) return RejectReason.MarketClosed;
        if (!CanTakeOff(position, wish.Lots)) return RejectReason.InvalidQuantity;
        if (!HasPrice(account, position.Book, at)) return RejectReason.NoPrice;

        account.CloseByTrader(position, wish.Lots is { } lots ? position.Book.Scale.StepsOf(lots) : position.Steps, at, wish.ClientId);
        account.Settle(at);
        return null;
    }

    /// <summary>Closes what can be closed; refused only when there are positions and none of them can.</summary>
    public RejectReason? CloseAll(TradingAccount account, CloseAllPositions wish, DateTimeOffset at)
    {
        if (account.Status != AccountStatus.Active) return RejectReason.AccountNotActive;

        Position[] positions = [.. account.Portfolio.Positions];
        Position[] closable = [.. positions.Where(p => IsOpen(p.Book, at) && HasPrice(account, p.Book, at))];
        if (positions.Length > 0 && closable.Length == 0) return IsOpen(positions[0].Book, at) ? RejectReason.NoPrice : RejectReason.MarketClosed;

        foreach (var position in closable) account.CloseByTrader(position, position.Steps, at, wish.ClientId);
        account.Settle(at);
        return null;
    }

    public static RejectReason? Modify(TradingAccount account, ModifyPosition wish, DateTimeOffset at)
    {
        if (account.Status != AccountStatus.Active) return RejectReason.AccountNotActive;
        if (account.Portfolio.Find(wish.Position) is not { } position) return RejectReason.UnknownPosition;
        if (!AreLevels(account, position.Book, position.Side, wish.StopLoss, wish.TakeProfit)) return RejectReason.InvalidPrice;

        account.Protect(position, wish, at);
        return null;
    }

    /// <summary>Only profit is paid out. A payout that would itself cross a floor is refused, the daily floor included, whenever that one is checked.</summary>
    public static RejectReason? Withdraw(TradingAccount account, WithdrawPayout wish, DateTimeOffset at)
    {
        if (account.Status != AccountStatus.Active) return RejectReason.AccountNotActive;

        var (amount, equity) = (wish.Amount.Amount, account.Equity);
        if (account.Limits.AfterPayout(account.Loss, amount).Crossed(account.Loss, equity - amount, withDaily: true) is not null) return RejectReason.WouldBreach;
        if (equity - amount < account.Portfolio.UsedMargin) return RejectReason.InsufficientMargin;
        if (amount <= 0 || amount > account.Balance - account.Terms.InitialBalance || wish.Amount.Currency != account.Terms.Currency) return RejectReason.InvalidAmount;

        account.Withdraw(amount, at, wish.ClientId);
        return null;
    }

    /// <summary>Only what was withdrawn can come back.</summary>
    public static RejectReason? Return(TradingAccount account, ReturnPayout wish, DateTimeOffset at)
    {
        if (account.Status is not (AccountStatus.Active or AccountStatus.Paused)) return RejectReason.AccountNotActive;
        if (wish.Amount.Currency != account.Terms.Currency || wish.Amount.Amount <= 0 || wish.Amount.Amount > account.PaidOut) return RejectReason.InvalidAmount;

        account.Return(wish.Amount.Amount, at, wish.ClientId);
        return null;
    }

    public static RejectReason? CloseForGood(TradingAccount account, CloseAccount wish, DateTimeOffset at)
    {
        if (account.Status is not (AccountStatus.Active or AccountStatus.Paused)) return RejectReason.AccountNotActive;

        account.CloseForGood(at, wish.ClientId, wish.Reason);
        return null;
    }

    /// <summary>A balance at which a floor would be crossed again is refused: the firm states one that stands.</summary>
    public static RejectReason? Reinstate(TradingAccount account, ReinstateAccount wish, DateTimeOffset at)
    {
        if (account.Status != AccountStatus.Failed) return RejectReason.AccountNotFailed;
        if (wish.Balance.Currency != account.Terms.Currency || wish.Balance.Amount <= 0) return RejectReason.InvalidAmount;

        var today = TradingDayClock.LabelOf(account.Terms.TradingDay, at);
        if (Reinstatement.WouldFail(account.Loss, account.Limits, wish.Balance.Amount, startsDay: today > account.TradingDay)) return RejectReason.WouldBreach;

        account.Reinstate(wish.Balance.Amount, wish.Reason, today, at, wish.ClientId);
        return null;
    }

    private bool IsOpen(SymbolBook book, DateTimeOffset at) => !options.EnforceSessions || MarketHours.IsOpen(book.Instrument.Session, at);

    private bool HasPrice(TradingAccount account, SymbolBook book, DateTimeOffset at) =>
        account.Portfolio.CanValue(book) && (options.StalenessLimit(book.Instrument.Symbol) is not { } limit || at - book.Last!.Value.At <= limit);

    private static bool CanTakeOff(Position position, Lots? wish)
    {
        if (wish is not { } lots) return true;
        var (instrument, left) = (position.Book.Instrument, position.Lots - lots.Value);
        return instrument.Accepts(lots) && (left == 0 || left >= instrument.MinimumLots.Value);
    }

    /// <summary>In the instrument's digits, and on the side of the closing price where they do not trigger at once.</summary>
    private static bool AreLevels(TradingAccount account, SymbolBook book, Side side, Price? stopLoss, Price? takeProfit)
    {
        if (stopLoss is { } s && !book.Instrument.Accepts(s)) return false;
        if (takeProfit is { } t && !book.Instrument.Accepts(t)) return false;
        if (book.Last is null) return true;

        var closing = book.Scale.PriceOf(account.Portfolio.ClosingInPoints(book, side));
        var (below, above) = side == Side.Buy ? (stopLoss, takeProfit) : (takeProfit, stopLoss);
        return (below is not { } low || low < closing) && (above is not { } high || high > closing);
    }

    /// <summary>Free margin once the order has filled: with its spread lost, its commission paid and its margin bound.</summary>
    private static decimal FreeMarginAfter(TradingAccount account, SymbolBook book, MarketOrder order)
    {
        var (portfolio, steps) = (account.Portfolio, book.Scale.StepsOf(order.Lots));
        var opening = portfolio.OpeningInPoints(book, order.Side);
        var spread = portfolio.AskInPoints(book) - portfolio.BidInPoints(book);
        var spreadLost = portfolio.Convert(book, checked(spread * steps) * book.Scale.MoneyPerPointAndStep);
        return account.Equity - spreadLost - account.CommissionOf(book, order.Lots) - portfolio.UsedMargin - portfolio.MarginOf(book, steps, opening);
    }
}
