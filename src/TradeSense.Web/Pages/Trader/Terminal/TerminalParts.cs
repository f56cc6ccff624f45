using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Web.Pages.Shared;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>What the terminal's partials show; each is what the page embeds and what its stream sends.</summary>
/// <param name="Room">Null when the account has no loss rule, or the engine does not know it yet.</param>
public sealed record AccountBar(
    Guid AccountId, long Number, string PhaseName, TradingAccountStatus Status, Money Balance, Money Equity, Money Floating, Money FreeMargin, RoomMeter? Room, DateTimeOffset AsOf)
{
    /// <summary>As exact as it is shown: within a second the same figures are an equal bar, for whoever watches them.</summary>
    public AccountBar ToTheSecond()
    {
        var second = AsOf.AddTicks(-(AsOf.Ticks % TimeSpan.TicksPerSecond));
        return this with { AsOf = second, Room = Room is null ? null : Room with { AsOf = second } };
    }
}

/// <summary>The price one side deals at now; it stands on the ticket's button.</summary>
public sealed record SidePrice(string ElementId, Price? Value, Instrument Instrument);

public sealed record WatchRow(Instrument Instrument, Quote? Quote, Percent Change, bool IsOpen, bool IsSelected)
{
    /// <summary>In pips.</summary>
    public decimal? Spread => Quote is not { } quote ? null : (quote.Ask.Value - quote.Bid.Value) / Instrument.Pip();
}

public sealed record WatchList(Guid AccountId, BarPeriod Period, IReadOnlyList<WatchRow> Rows);

/// <param name="Profit">At the current closing price, before the closing commission.</param>
public sealed record PositionRow(
    int Number, Instrument Instrument, Side Side, Lots Lots, Price Open, Price Mark, Price? StopLoss, Price? TakeProfit, Money Profit, DateTimeOffset OpenedAt,
    PositionGuards? Guards)
{
    /// <summary>So many percent of the lots, rounded down to whole steps, but never less than the smallest size.</summary>
    public decimal Part(int percent)
    {
        var step = Instrument.LotStep.Value;
        return Math.Max(decimal.Floor(Lots.Value * percent / 100m / step) * step, Instrument.MinimumLots.Value);
    }
}

public sealed record PositionTable(Guid AccountId, string Symbol, Money Total, IReadOnlyList<PositionRow> Rows, bool IsTrading);

/// <summary>A waiting order as the dock and the charts show it.</summary>
/// <param name="Group">The number of the group it was placed with; null when it stands alone.</param>
/// <param name="Mark">The price it watches now.</param>
public sealed record OrderRow(
    int Number, int? Group, Instrument Instrument, OrderKind Kind, string Words, Side Side, Lots Lots, Price Price, Price? LimitPrice, Price? Mark, Price? StopLoss, Price? TakeProfit, DateTimeOffset? ExpiresAt)
{
    /// <summary>As a form field and a data attribute carry it.</summary>
    public string? Plain(Price? price) => price is { } value ? PlainDecimal.Text(value.Value) : null;
}

public sealed record OrderTable(Guid AccountId, IReadOnlyList<OrderRow> Rows);

/// <summary>The order form with the account's words about it.</summary>
/// <param name="OpensAt">When its market opens again; null while it is open.</param>
/// <param name="Refusal">Why the last order had no effect, in words.</param>
/// <param name="Done">What the last order did.</param>
public sealed record Ticket(
    Guid AccountId, Instrument Instrument, TicketInput Input, Currency Currency, TicketEstimate Estimate, IReadOnlyList<SidePrice> Prices,
    DateTimeOffset? OpensAt, string? Refusal, string? RefusedField, string? Done, bool IsTrading)
{
    private static readonly HashSet<string> Fields = [.. typeof(TicketInput).GetProperties().Select(property => property.Name)];

    /// <summary>Whether the refusal stands beside a field of the form; else it stands above the buttons.</summary>
    public bool IsBesideField => RefusedField is not null && Fields.Contains(RefusedField);

    /// <param name="part">Class of what it belongs to: the type chosen shows and hides it.</param>
    public TicketField Field(string name, string label, string part = "", string placeholder = "price", string type = "text") => new(
        name, label, typeof(TicketInput).GetProperty(name)!.GetValue(Input) as string, placeholder, RefusedField == name ? Refusal : null, part, type);
}

/// <summary>One line for each side under the ticket: size, margin and what the stop would cost of today's room.</summary>
public sealed record TicketEstimate(string ElementId, IReadOnlyList<SideEstimate> Sides, Money? Room, Money? Overall, string? Problem);

/// <summary>What was done with a position, or why not; one line above the dock.</summary>
public sealed record DockNote(string Words, bool IsRefusal);

/// <param name="Words">The side, or the order of an OCO.</param>
/// <param name="Commission">Of opening and closing together.</param>
/// <param name="Breaks">What the engine says would happen at the stop loss, in words; null when every floor holds.</param>
public sealed record SideEstimate(string Words, Lots Lots, Money Margin, Money Commission, Money? WorstCase, string? Breaks);

/// <summary>The journal's last entries, newest first.</summary>
public sealed record DockJournal(int Total, IReadOnlyList<DockJournal.Row> Rows)
{
    public sealed record Row(long Sequence, DateTimeOffset At, string Words);
}

internal static class Pips
{
    /// <summary>0.0001 for EURUSD, 1 for indices and coins.</summary>
    public static decimal Pip(this Instrument instrument) => instrument.PipSize;
}
