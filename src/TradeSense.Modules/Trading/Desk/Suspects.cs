using Npgsql;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>
/// Work of batches whose commit failed. After the reload it is done again: together when the database was away, one by one when it refused a row,
/// so that what cannot be stored fails alone. Quotes keep their place between the commands: a stop that only one of them crossed fires at that one.
/// </summary>
internal sealed class Suspects(int batchLength)
{
    /// <summary>SQLSTATE classes of refusals that come again however often the statement is sent: data, integrity, syntax and access, limits.</summary>
    private static readonly string[] Refusals = ["22", "23", "42", "54"];

    private readonly LinkedList<ShardWork> _waiting = [];
    private bool _isOneByOne;

    public IEnumerable<ShardWork> All => _waiting;

    public void Clear()
    {
        _waiting.Clear();
        _isOneByOne = false;
    }

    /// <summary>Takes over a batch that failed and empties it. What is refused even alone goes: a command is its caller's to hear, a quote is as if it had never come.</summary>
    /// <param name="before">Quotes that were heard since the last commit, before this batch.</param>
    /// <param name="error">Null when the batch was not tried, because the state must be read again first.</param>
    public void Take(List<ShardWork> batch, IReadOnlyList<Quote> before, NpgsqlException? error)
    {
        var work = batch.ToList();
        batch.Clear();

        if (error is PostgresException refusal && Refusals.Contains(refusal.SqlState[..2]) && work.Count > 0)
        {
            if (work is [{ Other: null or PendingCommand }])
            {
                (work[0].Other as PendingCommand)?.Caller.TrySetException(error);
                work.Clear();
            }

            _isOneByOne = true;
        }

        for (var i = work.Count - 1; i >= 0; i--) _waiting.AddFirst(work[i]);
        for (var i = before.Count - 1; i >= 0; i--) _waiting.AddFirst(before[i]);
        if (_waiting.Count == 0) _isOneByOne = false;
    }

    /// <summary>
    /// Leaves out quotes that the state read has already: the outcome of the failed commit was unknown, and may have been success. Those of a symbol are known up to the one
    /// that the state has as its last, for no two quotes of a symbol are the same in time and prices. And those too old to decide anything.
    /// </summary>
    public void Forget(Func<string, Quote?> last, Predicate<Quote> isTooOld)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var node = _waiting.Last; node is not null;)
        {
            var (one, before) = (node, node.Previous);
            node = before;
            if (one.Value.Other is not null) continue;

            var quote = one.Value.Quote;
            if (last(quote.Symbol) is { } had && (had == quote || had.At > quote.At)) known.Add(quote.Symbol);
            if (known.Contains(quote.Symbol) || isTooOld(quote)) _waiting.Remove(one);
        }
    }

    /// <summary>Fills the batch with what is to be tried next; false when nothing is left.</summary>
    public bool Next(List<ShardWork> batch)
    {
        for (var room = _isOneByOne ? 1 : batchLength; room > 0 && _waiting.First is { } first; room--)
        {
            batch.Add(first.Value);
            _waiting.RemoveFirst();
        }

        if (batch.Count == 0) _isOneByOne = false;
        return batch.Count > 0;
    }
}
