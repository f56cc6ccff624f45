using Microsoft.Extensions.Logging;
using Npgsql;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Desk.Owners;

/// <summary>
/// Over how many shards the accounts are spread: one number for the whole installation, in the database, so that two processes never disagree about
/// whose an account is. It changes only here, while no process runs any shard.
/// </summary>
internal sealed class ShardLayout(NpgsqlDataSource source, ShardLease lease, ShardReader reader, ShardCommit commit, ILogger log)
{
    /// <summary>The number in the database; the first process of an installation writes it.</summary>
    public static async Task<int> Read(NpgsqlDataSource source, TradingOptions options, CancellationToken ct)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("insert into engine_layout (shards) values ($1) on conflict do nothing") { Parameters = { new() { Value = options.Shards ?? Environment.ProcessorCount } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select shards from engine_layout"));
        return (int)(await batch.ExecuteScalarAsync(ct))!;
    }

    /// <summary>
    /// Spreads the accounts anew: takes every shard, brings all of them to the same quotes and the same instant, so that it makes no difference in
    /// which of them an account stands, and changes the number. False, and nothing has changed, when another process runs one of them.
    /// </summary>
    public async Task<bool> Change(int from, int to, CancellationToken ct)
    {
        var held = new List<(int Shard, long Epoch)>();
        try
        {
            for (var shard = 0; shard < from; shard++)
            {
                if (await lease.Take(shard, ct) is not { } epoch) return false;
                held.Add((shard, epoch));
            }

            var states = new List<ShardState>();
            foreach (var (shard, epoch) in held) states.Add(await reader.Read(shard, epoch, ct));
            await Level(states, ct);

            await using var command = source.CreateCommand("select spread_shards($1, $2, $3)");
            foreach (var value in (object[])[from, to, held.Select(one => one.Epoch).ToArray()]) command.Parameters.Add(new() { Value = value });
            await command.ExecuteNonQueryAsync(ct);
            log.LogInformation("The accounts of {From} shards are spread over {To}", from, to);
            return true;
        }
        finally
        {
            foreach (var (shard, epoch) in held) await lease.Release(shard, epoch, CancellationToken.None);
        }
    }

    /// <summary>Every shard hears the newest quote of each symbol that any of them heard, then the latest time: what that causes happens before the change, in the old shards.</summary>
    private async Task Level(IReadOnlyList<ShardState> states, CancellationToken ct)
    {
        var newest = states.SelectMany(state => state.Engine.LastQuotes()).GroupBy(quote => quote.Symbol).Select(quotes => quotes.MaxBy(quote => quote.At)).OrderBy(quote => quote.At).ToList();
        var latest = states.Max(state => state.Engine.Now);
        if (latest == default) return;

        foreach (var state in states)
        {
            var heard = newest.Where(quote => state.Engine.LastQuote(quote.Symbol) is not { } own || own.At < quote.At);
            await new ShardRun(state, commit).Process([.. heard.Select(quote => (ShardWork)quote), new Tick(latest, isAwaited: true)], ct);
        }
    }
}
