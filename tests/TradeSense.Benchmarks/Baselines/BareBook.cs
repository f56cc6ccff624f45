namespace TradeSense.Baselines;

/// <summary>
/// The barest exact book: plain arrays of scaled integers. A quote goes through all positions of its symbol, moves each account's equity by quantity × step and compares
/// it with two floors. No positions open or close, no events, no conversion, no margin, no days.
/// </summary>
public sealed class BareBook
{
    private readonly int[][] _account;
    private readonly long[][] _quantity;
    private readonly long[] _mid;
    private readonly long[] _equity, _dailyFloor, _overallFloor;

    public BareBook(int accounts, int positions, int symbols, long floor)
    {
        var (random, counts, owners) = (new Random(5), new int[symbols], new int[positions]);
        for (var p = 0; p < positions; p++) counts[owners[p] = random.Next(symbols)]++;
        (_account, _quantity) = ([.. counts.Select(count => new int[count])], [.. counts.Select(count => new long[count])]);
        for (var p = positions - 1; p >= 0; p--)
        {
            var symbol = owners[p];
            (_account[symbol][--counts[symbol]], _quantity[symbol][counts[symbol]]) = (p * (long)accounts / positions is var account ? (int)account : 0, random.Next(-100, 101));
        }

        (_mid, _equity, _dailyFloor, _overallFloor) = (new long[symbols], new long[accounts], new long[accounts], new long[accounts]);
        Array.Fill(_dailyFloor, -floor);
        Array.Fill(_overallFloor, -2 * floor);
    }

    /// <summary>How often an account stood below a floor.</summary>
    public long Crossings { get; private set; }

    public void Take(int symbol, long mid)
    {
        var (step, accounts, quantities) = (mid - _mid[symbol], _account[symbol], _quantity[symbol]);
        _mid[symbol] = mid;
        for (var i = 0; i < accounts.Length; i++)
        {
            var account = accounts[i];
            var equity = _equity[account] += quantities[i] * step;
            if (equity < _dailyFloor[account] || equity < _overallFloor[account]) Crossings++;
        }
    }

    /// <summary>The equities added up, so that nothing of the work can be left out as unused.</summary>
    public long Sum() => _equity.Sum();
}
