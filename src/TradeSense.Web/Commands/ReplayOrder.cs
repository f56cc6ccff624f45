using TradeSense.Engine;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;

namespace TradeSense.Web.Commands;

/// <summary>A text of an orders file that may stand there, stand there as null, or not stand there at all.</summary>
internal sealed record ReplayText(string? Text, bool IsNamed)
{
    public static ReplayText Absent { get; } = new(null, IsNamed: false);
}

/// <summary>One command of an orders file, or a leg of one. Sizes and prices stay text: what they are worth is for the engine to refuse.</summary>
internal sealed record ReplayOrder(DateTimeOffset At, string Id, string Do, string Content)
{
    public string? Symbol { get; init; }
    public Side Side { get; init; }
    public string? Lots { get; init; }
    public string? Position { get; init; }
    public string? Order { get; init; }
    public ReplayText Price { get; init; } = ReplayText.Absent;
    public ReplayText LimitPrice { get; init; } = ReplayText.Absent;
    public ReplayText StopLoss { get; init; } = ReplayText.Absent;
    public ReplayText TakeProfit { get; init; } = ReplayText.Absent;
    public ReplayText WorstPrice { get; init; } = ReplayText.Absent;
    public ReplayText Distance { get; init; } = ReplayText.Absent;
    public ReplayText Trigger { get; init; } = ReplayText.Absent;
    public ReplayText Offset { get; init; } = ReplayText.Absent;
    public ReplayText From { get; init; } = ReplayText.Absent;
    public ReplayText To { get; init; } = ReplayText.Absent;
    public DateTimeOffset? Until { get; init; }
    public ReplayExpiry Expiry { get; init; }
    public ReplayEntry? Entry { get; init; }
    public int Count { get; init; }
    public bool IsWeighted { get; init; }
    public IReadOnlyList<ReplayOrder> Legs { get; init; } = [];

    public IEnumerable<string> Symbols => Legs.Select(leg => leg.Symbol).Append(Symbol).OfType<string>();

    /// <summary>What the engine is asked. Positions and orders are found by the ids of this file.</summary>
    public AccountCommand Command(AccountId account, TradingEngine engine, ReplayNames names)
    {
        var state = engine.State(account)!;
        var number = names.PositionOf(Position);
        var open = state.Positions.FirstOrDefault(p => p.Number == number);
        return Do switch
        {
            "market" => Market(account),
            "bracket" => Bracket(account, engine),
            "limit" or "stop" or "stopLimit" => new PlaceOrders(At, account, Id, [Leg()], Ending, OrderBond.None),
            "oco" => new PlaceOrders(At, account, Id, [.. Legs.Select(leg => leg.Leg())], Ending, OrderBond.Oco),
            "scaled" => new PlaceOrders(At, account, Id, Scaled(), Ending, OrderBond.Scaled),
            "close" => new ClosePosition(At, account, Id, number, Lots is null ? null : LotsIn(open?.Symbol)),
            "closeAll" => new CloseAllPositions(At, account, Id, Symbol),
            "reverse" => new ReversePosition(At, account, Id, number),
            "modify" when Order is not null => Change(account, state, names.OrderOf(Order, state)),
            "modify" => new ModifyPosition(At, account, Id, number, PriceIn(open?.Symbol, StopLoss, open?.StopLoss), PriceIn(open?.Symbol, TakeProfit, open?.TakeProfit)),
            "cancel" => new CancelOrder(At, account, Id, names.OrderOf(Order, state), names.IsCommand(Order)),
            "trailingStop" => new SetTrailingStop(At, account, Id, number, PriceIn(open?.Symbol, Distance, null)),
            "breakeven" => new SetBreakeven(At, account, Id, number, EvenIn(open?.Symbol)),
            "timeStop" => new SetTimeStop(At, account, Id, number, Until),
            _ => throw new InvalidOperationException($"{Do} was not refused when it was read."),
        };
    }

    private Expiry Ending => Until is { } until ? Engine.Orders.Expiry.At(until) : Expiry == ReplayExpiry.Day ? Engine.Orders.Expiry.Day : Engine.Orders.Expiry.None;

    private MarketOrder Market(AccountId account) => new(
        At, account, Id, Symbol!, Side, LotsIn(Symbol), PriceIn(Symbol, StopLoss, null), PriceIn(Symbol, TakeProfit, null), PriceIn(Symbol, WorstPrice, null), Guards);

    /// <summary>Without an entry it is told by the price: none is the market, one on the near side of the current quote is a limit, one beyond it a stop.</summary>
    private AccountCommand Bracket(AccountId account, TradingEngine engine)
    {
        var entry = Entry ?? (!Price.IsNamed ? ReplayEntry.Market : LimitPrice.IsNamed ? ReplayEntry.StopLimit : Implied(engine.LastQuote(Symbol!)));
        if (entry == ReplayEntry.Market) return Market(account);
        var kind = entry switch { ReplayEntry.Limit => "limit", ReplayEntry.Stop => "stop", _ => "stopLimit" };
        return new PlaceOrders(At, account, Id, [(this with { Do = kind }).Leg()], Ending, OrderBond.None);
    }

    private ReplayEntry Implied(Quote? quote)
    {
        if (quote is not { } now || PriceIn(Symbol, Price, null) is not { } price) return ReplayEntry.Limit;
        return (Side == Side.Buy ? price <= now.Ask : price >= now.Bid) ? ReplayEntry.Limit : ReplayEntry.Stop;
    }

    private OrderLeg Leg() => new(
        Symbol!, Side, LotsIn(Symbol), Do switch { "limit" => OrderKind.Limit, "stop" => OrderKind.Stop, _ => OrderKind.StopLimit }, PriceIn(Symbol, Price, null) ?? default,
        PriceIn(Symbol, LimitPrice, null), PriceIn(Symbol, StopLoss, null), PriceIn(Symbol, TakeProfit, null), Guards);

    /// <summary>The limits named, or those of the range. Lots that cannot be divided so are left for the engine to refuse.</summary>
    private IReadOnlyList<OrderLeg> Scaled()
    {
        if (Legs.Count > 0) return [.. Legs.Select(leg => leg.Leg())];
        var split = Instrument(Symbol) is { } instrument
            ? ScaledSplit.Of(instrument, Side, LotsIn(Symbol), PriceIn(Symbol, From, null) ?? default, PriceIn(Symbol, To, null) ?? default, Count, IsWeighted, PriceIn(Symbol, StopLoss, null), PriceIn(Symbol, TakeProfit, null))
            : null;
        if (split is not null) return [.. split.Select(leg => leg with { Guards = Guards })];
        var none = (this with { Do = "limit", Lots = "0", Price = From }).Leg();
        return [none, none];
    }

    private ModifyOrder Change(AccountId account, AccountState state, OrderNumber number)
    {
        var order = state.Orders.FirstOrDefault(o => o.Number == number);
        var ending = Until is not null || Expiry != ReplayExpiry.Same ? Ending : order?.Expiry ?? Engine.Orders.Expiry.None;
        return new ModifyOrder(
            At, account, Id, number, Lots is null ? order?.Lots ?? default : LotsIn(order?.Symbol), PriceIn(order?.Symbol, Price, order?.Price) ?? default,
            PriceIn(order?.Symbol, LimitPrice, order?.LimitPrice), PriceIn(order?.Symbol, StopLoss, order?.StopLoss), PriceIn(order?.Symbol, TakeProfit, order?.TakeProfit), ending);
    }

    private PositionGuards? Guards =>
        new PositionGuards(PriceIn(Symbol, Distance, null), EvenIn(Symbol)) is { IsNone: false } guards ? guards : null;

    private Breakeven? EvenIn(string? symbol) =>
        Trigger.Text is null ? null : new Breakeven(PriceIn(symbol, Trigger, null) ?? default, Offset.Text is "0" or null ? null : PriceIn(symbol, Offset, null));

    /// <summary>Text that is no size becomes zero lots, which the engine refuses in its place among the reasons.</summary>
    private Lots LotsIn(string? symbol) => Instrument(symbol) is { } instrument && Engine.Values.Lots.TryParse(Lots, instrument, out var lots) ? lots : default;

    private static Price? PriceIn(string? symbol, ReplayText level, Price? otherwise)
    {
        if (!level.IsNamed) return otherwise;
        if (level.Text is null) return null;
        return Instrument(symbol) is { } instrument && Engine.Values.Price.TryParse(level.Text, instrument, out var price) ? price : default(Price);
    }

    private static Instrument? Instrument(string? symbol) => InstrumentCatalog.All.FirstOrDefault(i => i.Symbol == symbol);
}

internal enum ReplayExpiry { Same, Gtc, Day }

internal enum ReplayEntry { Market, Limit, Stop, StopLimit }
