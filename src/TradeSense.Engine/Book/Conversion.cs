using TradeSense.Engine.Values;

namespace TradeSense.Engine.Book;

/// <summary>The way from a symbol's quote currency to an account's: at most two pairs, each used as quoted or inverted, at their mids.</summary>
internal sealed class Conversion
{
    private readonly Leg[] _legs;

    private Conversion(params Leg[] legs) => (_legs, Books) = (legs, [.. legs.Select(l => l.Book)]);

    /// <summary>The currencies are the same.</summary>
    public static Conversion None { get; } = new();

    public SymbolBook[] Books { get; }

    /// <summary>Every pair on the way has a quote.</summary>
    public bool IsQuoted => Array.TrueForAll(_legs, l => l.Book.Last is not null);

    public decimal Convert(decimal amount)
    {
        foreach (var leg in _legs) amount = leg.IsInverse ? amount / leg.Book.Last!.Value.Mid : amount * leg.Book.Last!.Value.Mid;
        return amount;
    }

    /// <summary>What one unit comes to, and the quotes that say so.</summary>
    public ConversionRate Rate() => new(Convert(1m), [.. Books.Select(book => book.Last!.Value)]);

    /// <summary>Direct, inverse, or via USD; null when there is no such way.</summary>
    public static Conversion? Find(IReadOnlyCollection<SymbolBook> books, string from, string to)
    {
        if (from == to) return None;
        if (Pair(books, from, to) is { } leg) return new Conversion(leg);
        return Pair(books, from, "USD") is { } first && Pair(books, "USD", to) is { } second ? new Conversion(first, second) : null;
    }

    private static Leg? Pair(IReadOnlyCollection<SymbolBook> books, string from, string to)
    {
        foreach (var book in books)
        {
            var (b, quote) = (book.Instrument.Base, book.Instrument.QuoteCurrency.Code);
            if (b == from && quote == to) return new Leg(book, IsInverse: false);
            if (b == to && quote == from) return new Leg(book, IsInverse: true);
        }

        return null;
    }

    private sealed record Leg(SymbolBook Book, bool IsInverse);
}
