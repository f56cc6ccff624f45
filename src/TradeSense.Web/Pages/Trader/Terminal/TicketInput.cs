namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>As typed: texts, so that a comma or an exponent is told to the trader instead of being read as something else.</summary>
public sealed record TicketInput
{
    /// <summary>market, limit, stop, stopLimit, bracket, oco or scaled.</summary>
    public string Type { get; init; } = "market";

    /// <summary>What a bracket enters by.</summary>
    public string Entry { get; init; } = "market";

    /// <summary>lots, risk (percent of equity) or money.</summary>
    public string SizeBy { get; init; } = "lots";

    public string? Lots { get; init; } = "0.10";
    public string? RiskPercent { get; init; } = "0.5";
    public string? RiskMoney { get; init; }
    public string? Price { get; init; }
    public string? LimitPrice { get; init; }

    /// <summary>How stop loss and take profit are typed: price, pips from the entry, or money.</summary>
    public string LevelsBy { get; init; } = "price";

    public string? StopLoss { get; init; }
    public string? TakeProfit { get; init; }

    /// <summary>The first leg of an OCO: its kind and side; then the second leg.</summary>
    public string FirstKind { get; init; } = "stop";
    public string FirstSide { get; init; } = "Buy";
    public string OtherKind { get; init; } = "stop";
    public string OtherSide { get; init; } = "Sell";
    public string? OtherPrice { get; init; }
    public string? OtherStopLoss { get; init; }
    public string? OtherTakeProfit { get; init; }

    public string? From { get; init; }
    public string? To { get; init; }
    public string? Count { get; init; } = "3";
    public string Split { get; init; } = "equal";

    /// <summary>gtc, day or until; the instant is in the visitor's zone, as the browser writes it.</summary>
    public string Expiry { get; init; } = "gtc";
    public string? Until { get; init; }

    public string? TrailingDistance { get; init; }
    public string? BreakevenTrigger { get; init; }
    public string? BreakevenOffset { get; init; }
    public string? CloseAt { get; init; }

    /// <summary>Made with the form: sending the same form twice trades once.</summary>
    public string? ClientId { get; init; }

    /// <summary>The form of an OCO has no choice of how levels are typed: they are prices, whatever was chosen before. No property: forms are checked through those.</summary>
    public TicketInput AsSent() => Type is "oco" ? this with { LevelsBy = "price" } : this;

    public bool IsPending => Type is not "market" && !(Type is "bracket" && Entry is "market");
    public bool IsStopLimit => Type is "stopLimit" || (Type is "bracket" && Entry is "stopLimit");

    /// <summary>The price an order of this ticket would fill at; null for one at the market.</summary>
    public string? EntryPrice => !IsPending ? null : Type is "scaled" ? From : IsStopLimit ? LimitPrice : Price;
}

/// <summary>One labelled input of the ticket with what was wrong with it.</summary>
public sealed record TicketField(string Name, string Label, string? Value, string Placeholder, string? Wrong, string Part, string Type = "text")
{
    public string ErrorId => $"ticket-{Name}-error";
}

/// <summary>What the ticket comes to for one side: sizes and prices as the desk takes them.</summary>
/// <param name="Problem">What keeps it from being worked out, in words; then the rest is only as far as it came.</param>
public sealed record TicketMeaning(string Lots, string? StopLoss, string? TakeProfit, Engine.Orders.OrderEstimate? Estimate, string? Problem = null, string? Field = null);
