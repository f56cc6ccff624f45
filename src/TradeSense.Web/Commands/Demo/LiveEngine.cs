using Npgsql;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Web.Commands.Demo;

/// <summary>Whether some process holds a live shard of this database.</summary>
internal sealed class LiveEngine([FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source)
{
    public async Task<bool> IsRunning(CancellationToken ct)
    {
        await using var command = source.CreateCommand("select exists (select from engine_shards where shard < $1 and leased_until > clock_timestamp())");
        command.Parameters.Add(new() { Value = DeskApart.FirstNumber });
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
