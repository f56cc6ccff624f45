namespace TradeSense.Modules.Trading.Quotes.Filter;

/// <summary>Why a quote is not accepted, in the order of the checks. Codes are stable: <see cref="QuoteRejections.Code"/>.</summary>
public enum QuoteRejection
{
    UnknownInstrument,
    NotPositive,
    Crossed,

    /// <summary>More digits than the engine counts for the instrument.</summary>
    TooFine,

    /// <summary>Stamped later than the market's own time.</summary>
    Future,
    OutOfOrder,

    /// <summary>The same quote again, by its source's number or, without one, by instant and prices.</summary>
    Duplicate,
    Stale,

    /// <summary>A step that neither the following quotes nor the reference feed confirmed.</summary>
    Spike,
}

public static class QuoteRejections
{
    public static string Code(this QuoteRejection rejection) => rejection switch
    {
        QuoteRejection.UnknownInstrument => "unknown_instrument",
        QuoteRejection.NotPositive => "not_positive",
        QuoteRejection.Crossed => "crossed",
        QuoteRejection.TooFine => "too_fine",
        QuoteRejection.Future => "future",
        QuoteRejection.OutOfOrder => "out_of_order",
        QuoteRejection.Duplicate => "duplicate",
        QuoteRejection.Stale => "stale",
        QuoteRejection.Spike => "spike",
        _ => throw new ArgumentOutOfRangeException(nameof(rejection)),
    };
}
