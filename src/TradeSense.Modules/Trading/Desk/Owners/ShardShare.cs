using Microsoft.Extensions.Logging;
using Npgsql;

namespace TradeSense.Modules.Trading.Desk.Owners;

/// <summary>
/// A process that joins gets its share: while another holds at least two shards more than this one it wishes for one of them, which its owner gives back
/// between two commits. Who holds the more is decided by the database alone, so that two processes never pass a shard to and fro.
/// </summary>
internal sealed class ShardShare(NpgsqlDataSource source, ILogger log)
{
    private static readonly TimeSpan BetweenWishes = TimeSpan.FromSeconds(2);

    /// <param name="holdsAll">Then there is nothing to wish for.</param>
    public async Task Run(Func<bool> holdsAll, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(BetweenWishes, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested || holdsAll()) continue;

            try
            {
                // A stop does not break it off: it takes no time.
                if (await Wish() is { } shard) log.LogInformation("Shard {Shard} is asked of its owner, who holds more than this process", shard);
            }
            catch (NpgsqlException error)
            {
                log.LogDebug(error, "No shard can be wished for while the database is away");
            }
        }
    }

    private async Task<int?> Wish()
    {
        await using var command = source.CreateCommand("select wish_for_shard($1)");
        command.Parameters.Add(new() { Value = ProcessMark.Own });
        return await command.ExecuteScalarAsync(CancellationToken.None) as int?;
    }
}
