using TradeSense.Engine.Values;

namespace TradeSense.Engine.Book;

/// <summary>All symbols with their last quotes, and the ways between currencies.</summary>
internal sealed class Market
{
    private readonly Dictionary<string, SymbolBook> _books;
    private readonly Dictionary<(string From, string To), Conversion?> _conversions = [];

    public Market(IEnumerable<Instrument> instruments) =>
        _books = instruments.OrderBy(i => i.Symbol, StringComparer.Ordinal).Select((instrument, rank) => new SymbolBook(instrument, rank)).ToDictionary(b => b.Instrument.Symbol, StringComparer.Ordinal);

    /// <summary>Grows with every quote: what was worked out at a version holds as long as it stands.</summary>
    public long Version { get; private set; }

    /// <summary>The last valuation, symbol by symbol: one for all accounts, since only the one being settled needs it.</summary>
    public Valuation Valuation { get; } = new();

    public IReadOnlyCollection<SymbolBook> Books => _books.Values;

    public SymbolBook? Book(string symbol) => _books.GetValueOrDefault(symbol);

    /// <summary>Takes a quote; the accounts it may mean something to are added to <paramref name="touched"/>.</summary>
    public void Take(SymbolBook book, Quote quote, DateTimeOffset at, List<int> touched)
    {
        Version++;
        book.Take(quote, at, touched);
    }

    public Conversion? Conversion(Currency from, Currency to)
    {
        if (_conversions.TryGetValue((from.Code, to.Code), out var known)) return known;
        return _conversions[(from.Code, to.Code)] = Engine.Book.Conversion.Find(_books.Values, from.Code, to.Code);
    }
}
