using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>
/// Opening commission of an account's positions that no trade has carried yet. Positions are numbered in the order of their opening, so that two rows of
/// plain numbers do for a dictionary: a million positions must fit.
/// </summary>
internal sealed class OpeningCommissions
{
    /// <summary>Ten-thousandths, as the engine counts commission: exact for every currency's minor unit.</summary>
    private const decimal Fine = 10_000m;

    private int[] _positions = [];
    private long[] _amounts = [];
    private int _count;

    /// <summary>So many are about to be added.</summary>
    public void Expect(int count)
    {
        if (count > _positions.Length) Resize(count);
    }

    public void Add(PositionNumber position, decimal amount)
    {
        if (amount == 0) return;

        var place = Array.BinarySearch(_positions, 0, _count, position.Value);
        if (place >= 0)
        {
            _amounts[place] += (long)(amount * Fine);
            return;
        }

        place = ~place;
        if (_count == _positions.Length) Resize(Math.Max(4, _count * 2));
        Array.Copy(_positions, place, _positions, place + 1, _count - place);
        Array.Copy(_amounts, place, _amounts, place + 1, _count - place);
        (_positions[place], _amounts[place]) = (position.Value, (long)(amount * Fine));
        _count++;
    }

    /// <summary>
    /// The part that a trade carries: by its lots, rounded as the engine rounds it, so that a trade reads the same before and after a restart; the last trade of a
    /// position takes what is left.
    /// </summary>
    public decimal Take(PositionNumber position, Lots closed, Lots left, int minorDigits)
    {
        var place = Array.BinarySearch(_positions, 0, _count, position.Value);
        if (place < 0) return 0m;

        var whole = _amounts[place] / Fine;
        if (left.Value == 0)
        {
            _count--;
            Array.Copy(_positions, place + 1, _positions, place, _count - place);
            Array.Copy(_amounts, place + 1, _amounts, place, _count - place);
            return whole;
        }

        var share = decimal.Round(whole * closed.Value / (closed.Value + left.Value), minorDigits, MidpointRounding.AwayFromZero);
        _amounts[place] -= (long)(share * Fine);
        return share;
    }

    private void Resize(int capacity)
    {
        Array.Resize(ref _positions, capacity);
        Array.Resize(ref _amounts, capacity);
    }
}
