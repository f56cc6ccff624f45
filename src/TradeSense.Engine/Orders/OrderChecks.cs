using TradeSense.Engine.Accounts;
using TradeSense.Engine.Book;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Orders;

/// <summary>What must hold before something trades. Used when an order comes in, and again when a pending one's price has come.</summary>
internal sealed class OrderChecks(EngineOptions options)
{
    public bool IsOpen(SymbolBook book, DateTimeOffset at) => !options.EnforceSessions || MarketHours.IsOpen(book.Instrument.Session, at);

    /// <summary>There is a price, and it is fresh.</summary>
    public bool HasPrice(TradingAccount account, SymbolBook book, DateTimeOffset at) =>
        account.Portfolio.CanValue(book) && (options.StalenessLimit(book.Instrument.Symbol) is not { } limit || at - book.Last!.Value.At <= limit);

    /// <summary>Whether pending orders of the symbol may be filled now. A quote has just come, so its age is no matter.</summary>
    public bool CanFill(TradingAccount account, SymbolBook book, DateTimeOffset at) => IsOpen(book, at) && account.Portfolio.CanValue(book);

    /// <summary>In the instrument's digits, and below and above the price they belong to.</summary>
    public static bool AreLevels(Instrument instrument, Side side, Price? around, Price? stopLoss, Price? takeProfit)
    {
        if (stopLoss is { } s && !instrument.Accepts(s)) return false;
        if (takeProfit is { } t && !instrument.Accepts(t)) return false;
        if (around is not { } middle) return true;

        var (below, above) = side == Side.Buy ? (stopLoss, takeProfit) : (takeProfit, stopLoss);
        return (below is not { } low || low < middle) && (above is not { } high || high > middle);
    }

    /// <summary>The levels of something at the market lie around the closing price, where they do not trigger at once.</summary>
    public static bool AreLevels(TradingAccount account, SymbolBook book, Side side, Price? stopLoss, Price? takeProfit) =>
        AreLevels(book.Instrument, side, book.Last is null ? null : book.Scale.PriceOf(account.Portfolio.ClosingInPoints(book, side)), stopLoss, takeProfit);

    public static bool AreGuards(Instrument instrument, PositionGuards? guards)
    {
        if (guards is null) return true;
        if (guards.TrailingDistance is { } distance && !instrument.Accepts(distance)) return false;
        return guards.Breakeven is not { } even
            || (instrument.Accepts(even.Trigger) && (even.Offset is not { } offset || (instrument.Accepts(offset) && offset < even.Trigger)));
    }

    /// <summary>Why something at the market may not be opened, of the last three reasons: the account's rules, its floors, its margin.</summary>
    public static RejectReason? AtMarket(TradingAccount account, SymbolBook book, Side side, Lots lots, DateTimeOffset at)
    {
        if (Forbids(account, at)) return RejectReason.RuleForbids;
        return FreeMarginAfter(account, book, side, lots) < 0 ? RejectReason.InsufficientMargin : null;
    }

    /// <summary>The same for a position turned round: its own margin is free again by then, and its open profit is realised.</summary>
    public static RejectReason? AtReversal(TradingAccount account, Position position, DateTimeOffset at)
    {
        if (Forbids(account, at)) return RejectReason.RuleForbids;
        var (book, lots) = (position.Book, new Lots(position.Lots));
        var freed = account.Portfolio.Convert(book, position.CostInPointSteps * book.Scale.MoneyPerPointAndStep) / account.Terms.Leverage;
        var free = FreeMarginAfter(account, book, position.Side == Side.Buy ? Side.Sell : Side.Buy, lots) + freed - account.CommissionOf(book, lots);
        return free < 0 ? RejectReason.InsufficientMargin : null;
    }

    /// <summary>Why an order whose price has come cannot be filled after all.</summary>
    public static RejectReason? AtFill(TradingAccount account, WaitingOrder order, DateTimeOffset at) =>
        AtMarket(account, order.Book, order.State.Side, order.State.Lots, at);

    /// <summary>Why an order may not be left waiting: it could not be filled if its price came now. Nothing is known before the first quote.</summary>
    public static RejectReason? AtPlacing(TradingAccount account, SymbolBook book, OrderLeg leg, DateTimeOffset at)
    {
        if (Forbids(account, at)) return RejectReason.RuleForbids;
        if (!account.Portfolio.CanValue(book)) return null;

        var (portfolio, steps) = (account.Portfolio, book.Scale.StepsOf(leg.Lots));
        var margin = portfolio.MarginOf(book, steps, book.Scale.PointsOf(leg.Entry));
        return account.Equity - account.CommissionOf(book, leg.Lots) - portfolio.UsedMargin - margin < 0 ? RejectReason.InsufficientMargin : null;
    }

    private static bool Forbids(TradingAccount account, DateTimeOffset at) => !account.Terms.WeekendHolding && MarketHours.IsWeekend(at);

    /// <summary>Free margin once the order has filled: with its spread lost, its commission paid and its margin bound.</summary>
    private static decimal FreeMarginAfter(TradingAccount account, SymbolBook book, Side side, Lots lots)
    {
        var (portfolio, steps) = (account.Portfolio, book.Scale.StepsOf(lots));
        var opening = portfolio.OpeningInPoints(book, side);
        var spread = portfolio.AskInPoints(book) - portfolio.BidInPoints(book);
        var spreadLost = portfolio.Convert(book, checked(spread * steps) * book.Scale.MoneyPerPointAndStep);
        return account.Equity - spreadLost - account.CommissionOf(book, lots) - portfolio.UsedMargin - portfolio.MarginOf(book, steps, opening);
    }
}
