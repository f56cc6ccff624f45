using TradeSense.Engine.Values;

namespace TradeSense.Engine.Book;

/// <summary>Who depends on one symbol's price: a row for each account that holds it or converts by it.</summary>
/// <remarks>
/// The columns are arrays of scaled integers, so a quote is compared with all of them in one pass over memory; and while it stays
/// inside the band in which every row is quiet, with four numbers. Rows move when one is removed; the owner is told.
/// </remarks>
/// <param name="rank">Its place among the symbols.</param>
internal sealed class SymbolBook(Instrument instrument, int rank)
{
    private const int FirstCapacity = 8;

    private int[] _account = new int[FirstCapacity];
    private long[] _longSteps = new long[FirstCapacity];
    private long[] _longCostInPointSteps = new long[FirstCapacity];
    private long[] _shortSteps = new long[FirstCapacity];
    private long[] _shortCostInPointSteps = new long[FirstCapacity];
    private long[] _bidLowInPoints = new long[FirstCapacity];
    private long[] _bidHighInPoints = new long[FirstCapacity];
    private long[] _askLowInPoints = new long[FirstCapacity];
    private long[] _askHighInPoints = new long[FirstCapacity];
    private int _rows;
    private QuietBand _allQuiet = QuietBand.Everything;

    public Instrument Instrument { get; } = instrument;
    public int Rank { get; } = rank;
    public Scale Scale { get; } = new(instrument);
    public Quote? Last { get; private set; }
    public long BidInPoints { get; private set; }
    public long AskInPoints { get; private set; }

    /// <summary>Pending orders by the price they wait for.</summary>
    public PriceWatch Orders { get; } = new();

    /// <summary>Positions with a time stop.</summary>
    public TimeWatch TimeStops { get; } = new();

    public Extremes Extremes { get; } = new();

    /// <summary>Takes a quote and adds to <paramref name="touched"/> the accounts for which it is more than a change of the open profit; some may be named twice.</summary>
    public void Take(Quote quote, DateTimeOffset at, List<int> touched)
    {
        Last = quote;
        var (bid, ask) = (Scale.PointsOf(quote.Bid), Scale.PointsOf(quote.Ask));
        (BidInPoints, AskInPoints) = (bid, ask);
        Extremes.Take(bid, ask);
        if (at >= TimeStops.Next) TimeStops.Collect(at, touched);
        if (!Orders.IsQuiet(bid, ask)) Orders.Collect(bid, ask, touched);
        if (!IsWithin(_allQuiet, bid, ask)) CollectRows(bid, ask, touched);
    }

    public void TouchAll(List<int> touched)
    {
        touched.Clear();
        for (var row = 0; row < _rows; row++) touched.Add(_account[row]);
        Orders.CollectAll(touched);
    }

    /// <summary>A row without positions, quiet everywhere.</summary>
    public int AddRow(int account)
    {
        if (_rows == _account.Length) Grow();
        var row = _rows++;
        _account[row] = account;
        (_longSteps[row], _longCostInPointSteps[row], _shortSteps[row], _shortCostInPointSteps[row]) = (0, 0, 0, 0);
        SetBand(row, QuietBand.Everything);
        return row;
    }

    /// <summary>Removes a row; the last one takes its place. Returns the account that moved there, or null.</summary>
    public int? RemoveRow(int row)
    {
        var last = --_rows;
        if (row == last) return null;

        _account[row] = _account[last];
        _longSteps[row] = _longSteps[last];
        _longCostInPointSteps[row] = _longCostInPointSteps[last];
        _shortSteps[row] = _shortSteps[last];
        _shortCostInPointSteps[row] = _shortCostInPointSteps[last];
        _bidLowInPoints[row] = _bidLowInPoints[last];
        _bidHighInPoints[row] = _bidHighInPoints[last];
        _askLowInPoints[row] = _askLowInPoints[last];
        _askHighInPoints[row] = _askHighInPoints[last];
        return _account[row];
    }

    /// <summary>Adds steps to the row with what they cost when they were opened, or takes them off again with negative numbers.</summary>
    public void Change(int row, Side side, long steps, long costInPointSteps)
    {
        checked
        {
            if (side == Side.Buy) (_longSteps[row], _longCostInPointSteps[row]) = (_longSteps[row] + steps, _longCostInPointSteps[row] + costInPointSteps);
            else (_shortSteps[row], _shortCostInPointSteps[row]) = (_shortSteps[row] + steps, _shortCostInPointSteps[row] + costInPointSteps);
        }
    }

    public long LongSteps(int row) => _longSteps[row];
    public long ShortSteps(int row) => _shortSteps[row];

    /// <summary>Open profit of a row at the current quote with half a mark-up on each side, in points × steps.</summary>
    public long ProfitInPointSteps(int row, long halfMarkupInPoints)
    {
        checked
        {
            return _longSteps[row] * (BidInPoints - halfMarkupInPoints) - _longCostInPointSteps[row]
                + _shortCostInPointSteps[row] - _shortSteps[row] * (AskInPoints + halfMarkupInPoints);
        }
    }

    /// <summary>What the open positions of a row were worth when they were opened, both sides added up: the base of their margin.</summary>
    public long OpenWorthInPointSteps(int row) => checked(_longCostInPointSteps[row] + _shortCostInPointSteps[row]);

    public void SetBand(int row, QuietBand band)
    {
        (_bidLowInPoints[row], _bidHighInPoints[row], _askLowInPoints[row], _askHighInPoints[row]) = band;
        _allQuiet = _allQuiet.And(band);
    }

    /// <summary>Keeps of a row's band only what the other allows too.</summary>
    public void NarrowBand(int row, QuietBand other) =>
        SetBand(row, other.And(new QuietBand(_bidLowInPoints[row], _bidHighInPoints[row], _askLowInPoints[row], _askHighInPoints[row])));

    private static bool IsWithin(QuietBand band, long bid, long ask) =>
        bid >= band.BidLowInPoints && bid <= band.BidHighInPoints && ask >= band.AskLowInPoints && ask <= band.AskHighInPoints;

    private void CollectRows(long bid, long ask, List<int> touched)
    {
        var (bidLow, bidHigh, askLow, askHigh) = QuietBand.Everything;
        for (var row = 0; row < _rows; row++)
        {
            if (bid < _bidLowInPoints[row] || bid > _bidHighInPoints[row] || ask < _askLowInPoints[row] || ask > _askHighInPoints[row])
            {
                // Its band is drawn anew once the account has been settled, and narrows the common one then.
                touched.Add(_account[row]);
                continue;
            }

            bidLow = Math.Max(bidLow, _bidLowInPoints[row]);
            bidHigh = Math.Min(bidHigh, _bidHighInPoints[row]);
            askLow = Math.Max(askLow, _askLowInPoints[row]);
            askHigh = Math.Min(askHigh, _askHighInPoints[row]);
        }

        _allQuiet = new QuietBand(bidLow, bidHigh, askLow, askHigh);
    }

    private void Grow()
    {
        var capacity = _rows * 2;
        Array.Resize(ref _account, capacity);
        Array.Resize(ref _longSteps, capacity);
        Array.Resize(ref _longCostInPointSteps, capacity);
        Array.Resize(ref _shortSteps, capacity);
        Array.Resize(ref _shortCostInPointSteps, capacity);
        Array.Resize(ref _bidLowInPoints, capacity);
        Array.Resize(ref _bidHighInPoints, capacity);
        Array.Resize(ref _askLowInPoints, capacity);
        Array.Resize(ref _askHighInPoints, capacity);
    }
}
