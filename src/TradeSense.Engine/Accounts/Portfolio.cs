using TradeSense.Engine.Book;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Accounts;

/// <summary>An account's open positions and what the current quotes make of them, in the account's currency.</summary>
/// <remarks>
/// Sums are taken per symbol from the book's integers (exact), turned into money once and converted once, never per position.
/// </remarks>
internal sealed class Portfolio(int account, Market market, Action<int, SymbolBook, int> relink, AccountTerms terms)
{
    private readonly List<Position> _positions = [];
    private readonly List<Holding> _holdings = [];
    private decimal _floating;
    private decimal _usedMargin;
    private long _valuedAt = -1;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Position> Positions => _positions;

    public bool IsEmpty => _positions.Count == 0;

    public Position? Find(PositionNumber number)
    {
        foreach (var position in _positions)
            if (position.Number == number) return position;
        return null;
    }

    /// <summary>The oldest position in a symbol; under netting the only one.</summary>
    public Position? FirstIn(SymbolBook book)
    {
        foreach (var position in _positions)
            if (position.Book == book) return position;
        return null;
    }

    /// <summary>Whether positions in a symbol could be valued now: it and the pairs to the account's currency have quotes.</summary>
    public bool CanValue(SymbolBook book) => book.Last is not null && market.Conversion(book.Instrument.QuoteCurrency, terms.Currency) is { IsQuoted: true };

    public long BidInPoints(SymbolBook book) => book.BidInPoints - HalfMarkup(book);
    public long AskInPoints(SymbolBook book) => book.AskInPoints + HalfMarkup(book);

    public long OpeningInPoints(SymbolBook book, Side side) => side == Side.Buy ? AskInPoints(book) : BidInPoints(book);
    public long ClosingInPoints(SymbolBook book, Side side) => side == Side.Buy ? BidInPoints(book) : AskInPoints(book);

    /// <summary>An amount of a symbol's quote currency in the account's, at the mids of now.</summary>
    public decimal Convert(SymbolBook book, decimal amount) => market.Conversion(book.Instrument.QuoteCurrency, terms.Currency)!.Convert(amount);

    public decimal MarginOf(SymbolBook book, long steps, long priceInPoints) =>
        Convert(book, steps * book.Scale.MoneyPerPointAndStep * priceInPoints) / terms.LeverageOf(book.Instrument);

    /// <summary>Margin that a position binds now.</summary>
    public decimal MarginOf(Position position) =>
        Convert(position.Book, position.CostInPointSteps * position.Book.Scale.MoneyPerPointAndStep) / terms.LeverageOf(position.Book.Instrument);

    /// <summary>Open profit of some steps of a position, unrounded.</summary>
    public decimal ProfitOf(Position position, long steps) => ProfitAt(position, steps, ClosingInPoints(position.Book, position.Side));

    /// <summary>What the steps would come to at another closing price, at the conversion of now.</summary>
    public decimal ProfitAt(Position position, long steps, Price closing) => ProfitAt(position, steps, position.Book.Scale.PointsOf(closing));

    private decimal ProfitAt(Position position, long steps, long closingInPoints) =>
        Convert(position.Book, position.ProfitInPointSteps(steps, closingInPoints) * position.Book.Scale.MoneyPerPointAndStep);

    /// <summary>Open profit of all positions, unrounded.</summary>
    public decimal Floating
    {
        get
        {
            Value();
            return _floating;
        }
    }

    public decimal UsedMargin
    {
        get
        {
            Value();
            return _usedMargin;
        }
    }

    /// <summary>The position as it is stored, its excursions up to now.</summary>
    public PositionState StateOf(Position position) => position.State(HalfMarkup(position.Book));

    /// <summary>Lots of all positions, both sides added up.</summary>
    public decimal OpenLots
    {
        get
        {
            var lots = 0m;
            foreach (var position in _positions) lots += position.Lots;
            return lots;
        }
    }

    /// <summary>Whether something held is converted to the account's currency.</summary>
    public bool Converts
    {
        get
        {
            foreach (var holding in _holdings)
                if (holding.Conversions > 0) return true;
            return false;
        }
    }

    public bool ConvertsFor(SymbolBook book) => book.Instrument.QuoteCurrency != terms.Currency;

    public bool Holds(SymbolBook book) => _holdings.Exists(h => h.Book == book && h.Positions > 0);

    /// <summary>Steps held on the other side of a symbol: what an order on this side would close first under netting.</summary>
    public long StepsAgainst(SymbolBook book, Side side)
    {
        foreach (var holding in _holdings)
            if (holding.Book == book) return side == Side.Buy ? book.ShortSteps(holding.Row) : book.LongSteps(holding.Row);
        return 0;
    }

    /// <summary>Margin that a symbol's positions bind now.</summary>
    public decimal MarginIn(SymbolBook book)
    {
        ValueAll();
        var place = _holdings.FindIndex(h => h.Book == book);
        return place < 0 ? 0m : market.Valuation.Margin[place];
    }

    public Position? LargestLoser()
    {
        var (loser, least) = ((Position?)null, 0m);
        foreach (var position in _positions)
        {
            var profit = ProfitOf(position, position.Steps);
            if (loser is null || profit < least) (loser, least) = (position, profit);
        }

        return loser;
    }

    /// <summary>So many positions are about to be added.</summary>
    public void Expect(int positions) => _positions.EnsureCapacity(positions);

    public void Add(Position position)
    {
        _valuedAt = -1;
        _positions.Add(position);
        var holding = HoldingOf(position.Book);
        if (holding.Positions++ == 0)
            foreach (var pair in holding.Conversion.Books) HoldingOf(pair).Conversions++;
        position.Book.Change(holding.Row, position.Side, position.Steps, position.CostInPointSteps);
    }

    /// <summary>More steps of a position that is here already.</summary>
    public void Increase(Position position, long steps, long costInPointSteps)
    {
        _valuedAt = -1;
        position.Book.Change(HoldingOf(position.Book).Row, position.Side, steps, costInPointSteps);
    }

    /// <summary>Takes steps off a position in the book, with what they cost; without any left it is gone.</summary>
    public void Reduce(Position position, long steps, long costInPointSteps, bool isGone)
    {
        _valuedAt = -1;
        var holding = HoldingOf(position.Book);
        position.Book.Change(holding.Row, position.Side, -steps, -costInPointSteps);
        if (!isGone) return;

        _positions.Remove(position);
        if (--holding.Positions > 0) return;
        foreach (var pair in holding.Conversion.Books) HoldingOf(pair).Conversions--;
        for (var i = _holdings.Count - 1; i >= 0; i--)
            if (_holdings[i] is { Positions: 0, Conversions: 0 } unused) Drop(unused);
    }

    /// <summary>The book moved this account's row.</summary>
    public void Relink(SymbolBook book, int row) => HoldingOf(book).Row = row;

    /// <summary>Both sides' lots in each symbol held.</summary>
    public IEnumerable<(SymbolBook Book, long LongSteps, long ShortSteps)> Held() =>
        _holdings.Where(h => h.Positions > 0).Select(h => (h.Book, h.Book.LongSteps(h.Row), h.Book.ShortSteps(h.Row)));

    /// <summary>The symbols whose quotes the value rests on, conversions included.</summary>
    public IEnumerable<SymbolBook> QuotedBy() => _holdings.Select(h => h.Book);

    /// <summary>Draws the bands inside which no quote can change anything but the open profit.</summary>
    /// <param name="slackDown">Equity can fall by less than this before a floor or the margin is near.</param>
    /// <param name="slackUp">Equity can rise by this before the peak follows; null when no peak follows equity.</param>
    /// <param name="stopOut">Margin level of the stop-out as a fraction.</param>
    public void DrawBands(decimal slackDown, decimal? slackUp, decimal stopOut)
    {
        if (_holdings.Count == 0) return;

        ValueAll();
        var (valuation, movers) = (market.Valuation, 0);
        for (var i = 0; i < _holdings.Count; i++)
        {
            var holding = _holdings[i];
            movers += (holding.Book.LongSteps(holding.Row) > 0 ? 1 : 0) + (holding.Book.ShortSteps(holding.Row) > 0 ? 1 : 0) + (holding.Conversions > 0 ? 1 : 0);
            valuation.Exposure[i] = 0m;
        }

        for (var i = 0; i < _holdings.Count; i++)
        {
            if (_holdings[i].Positions == 0) continue;
            foreach (var pair in _holdings[i].Conversion.Books) valuation.Exposure[PlaceOf(pair)] += Math.Abs(valuation.Floating[i]) + stopOut * valuation.Margin[i];
        }

        var share = new SlackShare(slackDown, slackUp, movers);
        for (var i = 0; i < _holdings.Count; i++)
        {
            var holding = _holdings[i];
            var band = holding.Positions > 0 ? share.BandOf(holding.Book, holding.Row, holding.Conversion.Convert(1m)) : QuietBand.Everything;
            if (holding.Conversions > 0) band = band.And(share.BandOfConversion(holding.Book, valuation.Exposure[i]));
            holding.Book.SetBand(holding.Row, band);
        }

        foreach (var position in _positions) NarrowToTriggers(position);
    }

    /// <summary>Stop loss, take profit, and the price from which a trailing stop or breakeven moves the stop.</summary>
    private void NarrowToTriggers(Position position)
    {
        var (stop, take, follows) = (position.StopLossInPoints, position.TakeProfitInPoints, position.FollowsFromInPoints);
        if (stop == 0 && take == 0 && follows is null) return;

        var half = HalfMarkup(position.Book);
        var quiet = QuietBand.Everything;
        if (position.Side == Side.Buy)
        {
            var high = take > 0 && follows is { } from ? Math.Min(take, from) : take > 0 ? take : follows ?? 0;
            if (stop > 0) quiet = quiet with { BidLowInPoints = stop + half + 1 };
            if (high > 0) quiet = quiet with { BidHighInPoints = high + half - 1 };
        }
        else
        {
            var low = take > 0 && follows is { } from ? Math.Max(take, from) : take > 0 ? take : follows ?? 0;
            if (low > 0) quiet = quiet with { AskLowInPoints = low - half + 1 };
            if (stop > 0) quiet = quiet with { AskHighInPoints = stop - half - 1 };
        }

        position.Book.NarrowBand(HoldingOf(position.Book).Row, quiet);
    }

    /// <summary>Values every holding once for the quotes and positions of now.</summary>
    private void Value()
    {
        if (_valuedAt != market.Version) ValueAll();
    }

    /// <summary>The sums, and in the market's valuation what each holding adds to them.</summary>
    private void ValueAll()
    {
        var valuation = market.Valuation;
        if (_valuedAt == market.Version && valuation.IsOf(this)) return;

        valuation.Begin(this, _holdings.Count);
        (_floating, _usedMargin) = (0m, 0m);
        for (var i = 0; i < _holdings.Count; i++)
        {
            var holding = _holdings[i];
            (valuation.Floating[i], valuation.Margin[i]) = (0m, 0m);
            if (holding.Positions == 0) continue;
            var (book, money) = (holding.Book, holding.Book.Scale.MoneyPerPointAndStep);
            valuation.Floating[i] = holding.Conversion.Convert(book.ProfitInPointSteps(holding.Row, HalfMarkup(book)) * money);
            valuation.Margin[i] = holding.Conversion.Convert(book.OpenWorthInPointSteps(holding.Row) * money) / terms.LeverageOf(book.Instrument);
            _floating += valuation.Floating[i];
            _usedMargin += valuation.Margin[i];
        }

        _valuedAt = market.Version;
    }

    private int PlaceOf(SymbolBook book)
    {
        for (var i = 0; i < _holdings.Count; i++)
            if (_holdings[i].Book == book) return i;
        throw new InvalidOperationException($"{book.Instrument.Symbol} converts what is held here and has no row.");
    }

    public long HalfMarkup(SymbolBook book) => terms.MarkupOf(book.Instrument) * book.Scale.PointsPerDigit / 2;

    private Holding HoldingOf(SymbolBook book)
    {
        foreach (var held in _holdings)
            if (held.Book == book) return held;

        var conversion = market.Conversion(book.Instrument.QuoteCurrency, terms.Currency) ?? Conversion.None;
        var added = new Holding(book, conversion) { Row = book.AddRow(account) };

        // In the symbols' order, whatever the order of trading was: sums of decimals can differ in their last digit otherwise after a restart.
        var place = _holdings.Count;
        while (place > 0 && _holdings[place - 1].Book.Rank > book.Rank) place--;
        _holdings.Insert(place, added);
        return added;
    }

    private void Drop(Holding holding)
    {
        _holdings.Remove(holding);
        if (holding.Book.RemoveRow(holding.Row) is { } moved) relink(moved, holding.Book, holding.Row);
    }

    /// <summary>The account's row in one symbol's book.</summary>
    private sealed class Holding(SymbolBook book, Conversion conversion)
    {
        public SymbolBook Book { get; } = book;
        public Conversion Conversion { get; } = conversion;
        public int Row { get; set; }
        public int Positions { get; set; }

        /// <summary>How many held symbols convert by this pair.</summary>
        public int Conversions { get; set; }
    }
}
