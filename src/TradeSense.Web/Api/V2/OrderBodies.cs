using System.Text.Json.Serialization;

namespace TradeSense.Web.Api.V2;

/// <summary>A new order of any type. Every type uses its own fields; one that does not belong to it is refused rather than dropped, see <see cref="OrderPlacer"/>.</summary>
internal sealed record NewOrder
{
    public string? ClientId { get; init; }
    public string? Type { get; init; }
    public string? Symbol { get; init; }
    public string? Side { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? Lots { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? Price { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? LimitPrice { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? StopLoss { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? TakeProfit { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? WorstPrice { get; init; }

    /// <summary>What a bracket enters by: market, limit, stop or stopLimit.</summary>
    public string? Entry { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? From { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? To { get; init; }

    public int? Count { get; init; }
    public string? Split { get; init; }
    public IReadOnlyList<NewLeg?>? Legs { get; init; }
    public string? Expiry { get; init; }
    public DateTimeOffset? Until { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? TrailingDistance { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? BreakevenTrigger { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? BreakevenOffset { get; init; }

    public DateTimeOffset? CloseAt { get; init; }
}

/// <summary>One of the orders of an OCO.</summary>
internal sealed record NewLeg
{
    public string? Type { get; init; }
    public string? Symbol { get; init; }
    public string? Side { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? Lots { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? Price { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? LimitPrice { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? StopLoss { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? TakeProfit { get; init; }
}

/// <summary>A pending order as it shall be: what is left out is taken away, lots and price must be there.</summary>
internal sealed record ChangedOrder
{
    public string? ClientId { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? Lots { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? Price { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? LimitPrice { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? StopLoss { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? TakeProfit { get; init; }

    public string? Expiry { get; init; }
    public DateTimeOffset? Until { get; init; }
}

internal sealed record ClosedPosition
{
    public string? ClientId { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? Lots { get; init; }
}

internal sealed record ClosedAll
{
    public string? ClientId { get; init; }
    public string? Symbol { get; init; }
    public bool WithOrders { get; init; }
}

internal sealed record ReversedPosition
{
    public string? ClientId { get; init; }
}

/// <summary>Both levels as they shall be: one left out is taken away.</summary>
internal sealed record ChangedPosition
{
    public string? ClientId { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? StopLoss { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? TakeProfit { get; init; }
}

internal sealed record TrailingStop
{
    public string? ClientId { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? Distance { get; init; }
}

internal sealed record BreakevenStop
{
    public string? ClientId { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? Trigger { get; init; }

    [JsonConverter(typeof(AsWritten))]
    public string? Offset { get; init; }
}

internal sealed record TimeStop
{
    public string? ClientId { get; init; }
    public DateTimeOffset? CloseAt { get; init; }
}
