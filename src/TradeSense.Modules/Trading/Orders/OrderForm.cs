using TradeSense.Engine.Inputs;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>Trailing stop, breakeven and time stop as typed: the first three are distances in price.</summary>
public sealed record GuardText(string? TrailingDistance = null, string? BreakevenTrigger = null, string? BreakevenOffset = null, DateTimeOffset? CloseAt = null);

/// <param name="Kind"><c>gtc</c> (also when empty), <c>day</c> or <c>until</c>.</param>
public sealed record ExpiryText(string? Kind = null, DateTimeOffset? Until = null);

/// <summary>Reads what was typed for one order in its instrument's terms.</summary>
/// <remarks>
/// A size or price that cannot be read becomes zero, which the engine refuses in its place among the reasons: the market being closed comes
/// before a wrong size. What was wrong is remembered here with its field, for the answer. Words that choose something are refused here.
/// </remarks>
internal sealed class OrderForm(Instrument instrument, string prefix = "")
{
    public Instrument Instrument { get; } = instrument;

    /// <summary>A word that names no side, kind or expiry: the order cannot even be put to the engine.</summary>
    public Refusal? Unreadable { get; private set; }

    /// <summary>What to say when the engine refuses the size.</summary>
    public Refusal WrongQuantity { get; set; } = TradingRefusal.Quantity(instrument) with { Field = prefix + "Lots" };

    /// <summary>What to say when the engine refuses a price: the first field that is wrong as far as can be told here.</summary>
    public Refusal? WrongPrice { get; private set; }

    public Side Side(string? text) => Word(text, "Side", TradingRefusal.InvalidSide, ("BUY", Engine.Values.Side.Buy), ("SELL", Engine.Values.Side.Sell));

    public OrderKind Kind(string? text) =>
        Word(text, "Kind", TradingRefusal.InvalidKind, ("LIMIT", OrderKind.Limit), ("STOP", OrderKind.Stop), ("STOPLIMIT", OrderKind.StopLimit));

    public T Word<T>(string? text, string field, Refusal otherwise, params ReadOnlySpan<(string Word, T Meaning)> words)
    {
        var asked = text?.ToUpperInvariant();
        foreach (var (word, meaning) in words)
            if (word == asked) return meaning;
        Unreadable ??= otherwise with { Field = prefix + field };
        return words[0].Meaning;
    }

    public Lots Lots(string? text) => Engine.Values.Lots.TryParse(text, Instrument, out var lots) ? lots : default;

    public Price Price(string? text, string field)
    {
        if (Engine.Values.Price.TryParse(text, Instrument, out var price)) return price;
        Blame(field);
        return default;
    }

    /// <summary>Empty means none.</summary>
    public Price? Level(string? text, string field) => string.IsNullOrEmpty(text) ? null : Price(text, field);

    public PositionGuards? Guards(GuardText? text)
    {
        if (text is null) return null;
        var guards = new PositionGuards(Level(text.TrailingDistance, "TrailingDistance"), Breakeven(text.BreakevenTrigger, text.BreakevenOffset, "Breakeven"), text.CloseAt?.ToUniversalTime());
        return guards.IsNone ? null : guards;
    }

    /// <summary>An offset without a trigger is as wrong as a trigger that cannot be read.</summary>
    public Breakeven? Breakeven(string? trigger, string? offset, string fields = "")
    {
        if (string.IsNullOrEmpty(trigger) && string.IsNullOrEmpty(offset)) return null;
        var even = new Breakeven(Price(trigger, fields + "Trigger"), Level(offset, fields + "Offset"));
        if (even.Offset >= even.Trigger) Blame(fields + "Offset");
        return even;
    }

    public Expiry Expiry(ExpiryText? text, DateTimeOffset now)
    {
        var kind = string.IsNullOrEmpty(text?.Kind)
            ? text?.Until is null ? ExpiryKind.GoodTillCancelled : ExpiryKind.Until
            : Word(text.Kind, "Expiry", TradingRefusal.InvalidKind, ("GTC", ExpiryKind.GoodTillCancelled), ("DAY", ExpiryKind.Day), ("UNTIL", ExpiryKind.Until));
        if (kind != ExpiryKind.Until) return new Expiry(kind, null);

        // Whole milliseconds, which every store keeps.
        var until = text!.Until is { } at ? new DateTimeOffset(at.UtcTicks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero) : now;
        if (until <= now) WrongPrice ??= TradingRefusal.InvalidExpiry;
        return Engine.Orders.Expiry.At(until);
    }

    /// <summary>Levels on the wrong side of the price they belong to are told beside their own field.</summary>
    public void Around(Side side, Price entry, Price? stopLoss, Price? takeProfit)
    {
        if (stopLoss is { } stop && (side == Engine.Values.Side.Buy ? stop >= entry : stop <= entry)) Blame("StopLoss");
        if (takeProfit is { } take && (side == Engine.Values.Side.Buy ? take <= entry : take >= entry)) Blame("TakeProfit");
    }

    public Refusal Of(RejectReason reason, string otherwise) => reason switch
    {
        RejectReason.InvalidQuantity => WrongQuantity,
        RejectReason.InvalidPrice => WrongPrice ?? TradingRefusal.Price(Instrument, prefix + otherwise),
        _ => TradingRefusal.Of(reason),
    };

    private void Blame(string field) => WrongPrice ??= TradingRefusal.Price(Instrument, prefix + field);
}
