using Npgsql;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>
/// Work of batches whose commit failed. After the reload it is done again: together when the database was away, one by one when it refused a row,
/// so that what cannot be stored fails alone.
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

    /// <summary>Takes over a batch that failed and empties it. Its quotes are dropped; a command refused even alone is its caller's to hear.</summary>
    /// <param name="error">Null when the batch was not tried, because the state must be read again first.</param>
    public void Take(List<ShardWork> batch, NpgsqlException? error)
    {
        var work = batch.Where(one => one.Other is not null).ToList();
        batch.Clear();

        if (error is PostgresException refusal && Refusals.Contains(refusal.SqlState[..2]) && work.Count > 0)
        {
            if (work is [{ Other: PendingCommand command }])
            {
                command.Caller.TrySetException(error);
                work.Clear();
            }

            _isOneByOne = true;
        }

        for (var i = work.Count - 1; i >= 0; i--) _waiting.AddFirst(work[i]);
        if (_waiting.Count == 0) _isOneByOne = false;
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
