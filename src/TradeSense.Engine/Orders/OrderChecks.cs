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

    /// <summary>Why something may not be traded at the current quote, of the last three reasons: the account's rules, its floors, its margin. What only closes may.</summary>
    public RejectReason? AtMarket(TradingAccount account, SymbolBook book, Side side, Lots lots, Price? stopLoss, Price? takeProfit, DateTimeOffset at)
    {
        var order = Netted.Of(account, book, side, lots);
        if (order.OnlyCloses) return null;
        if (RuleGate.ForbidsOpening(account, book, order, at) || IsBlockedByNews(account.Terms, book, at)) return RejectReason.RuleForbids;

        var wouldBreach = account.Terms.IsNetting && order.Closed == 0 && account.Portfolio.FirstIn(book) is { } held
            ? FloorGuard.ForbidsIncrease(account, held, order, stopLoss, takeProfit)
            : FloorGuard.ForbidsOpening(account, book, side, order, account.Portfolio.OpeningInPoints(book, side), stopLoss);
        if (wouldBreach) return RejectReason.WouldBreach;
        return FreeMarginAfter(account, book, side, order) < 0 ? RejectReason.InsufficientMargin : null;
    }

    /// <summary>The same for a position turned round: its own margin is free again by then, and its open profit is realised.</summary>
    public RejectReason? AtReversal(TradingAccount account, Position position, DateTimeOffset at)
    {
        var (book, lots, side) = (position.Book, new Lots(position.Lots), position.Side == Side.Buy ? Side.Sell : Side.Buy);
        if (RuleGate.ForbidsReversal(account, book, lots, at) || IsBlockedByNews(account.Terms, book, at)) return RejectReason.RuleForbids;

        // It closes and opens its own size, whether the account is netting or not.
        var free = FreeMarginAfter(account, book, side, new Netted(0, position.Steps)) + account.Portfolio.MarginOf(position) - account.CommissionOf(book, lots);
        return free < 0 ? RejectReason.InsufficientMargin : null;
    }

    /// <summary>Why an order whose price has come cannot be filled after all.</summary>
    public RejectReason? AtFill(TradingAccount account, WaitingOrder order, DateTimeOffset at) =>
        AtMarket(account, order.Book, order.State.Side, order.State.Lots, order.State.StopLoss, order.State.TakeProfit, at);

    /// <summary>Why an order may not be left waiting: it could not be filled if its price came now. Before the first quote nothing is known of margins.</summary>
    public static RejectReason? AtPlacing(TradingAccount account, SymbolBook book, OrderLeg leg, decimal otherLots, DateTimeOffset at)
    {
        var order = Netted.Of(account, book, leg.Side, leg.Lots);
        if (order.OnlyCloses) return null;
        if (RuleGate.ForbidsPlacing(account, book, leg, otherLots, at)) return RejectReason.RuleForbids;
        if (!account.Portfolio.CanValue(book)) return null;
        if (FloorGuard.ForbidsOpening(account, book, leg.Side, order, book.Scale.PointsOf(leg.Entry), leg.StopLoss)) return RejectReason.WouldBreach;

        var portfolio = account.Portfolio;
        var used = portfolio.UsedMargin - (order.Closed > 0 ? portfolio.MarginIn(book) : 0m);
        var margin = portfolio.MarginOf(book, order.Opened, book.Scale.PointsOf(leg.Entry));
        return account.Equity - account.CommissionOf(book, leg.Lots) - used - margin < 0 ? RejectReason.InsufficientMargin : null;
    }

    /// <summary>The listed events, all symbols'.</summary>
    public IReadOnlyList<NewsEvent> News { get; set; } = [];

    /// <summary>Whether a news rule covers this moment for the instrument.</summary>
    public bool IsNews(NewsRule rule, Instrument instrument, DateTimeOffset at)
    {
        foreach (var listed in News)
            if (rule.Covers(listed, instrument, at)) return true;
        return false;
    }

    private bool IsBlockedByNews(AccountTerms terms, SymbolBook book, DateTimeOffset at) =>
        terms.Rules?.News is { Effect: NewsEffect.Block } rule && IsNews(rule, book.Instrument, at);

    /// <summary>Free margin once the order has filled: with its spread lost, its commissions paid and its margin bound. What it closes binds none any more.</summary>
    private static decimal FreeMarginAfter(TradingAccount account, SymbolBook book, Side side, Netted order)
    {
        var (portfolio, freed) = (account.Portfolio, order.Closed > 0 ? account.Portfolio.MarginIn(book) : 0m);
        var spread = portfolio.AskInPoints(book) - portfolio.BidInPoints(book);
        var spreadLost = portfolio.Convert(book, checked(spread * order.Opened) * book.Scale.MoneyPerPointAndStep);
        return account.Equity - spreadLost - account.CommissionOf(book, book.Scale.LotsOf(order.Opened + order.Closed)) - portfolio.UsedMargin + freed
            - portfolio.MarginOf(book, order.Opened, portfolio.OpeningInPoints(book, side));
    }
}
