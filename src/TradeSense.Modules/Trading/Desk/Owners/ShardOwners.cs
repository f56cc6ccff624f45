using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Desk.Links;

namespace TradeSense.Modules.Trading.Desk.Owners;

/// <summary>A shard's lease as the database has it.</summary>
public sealed record ShardOwner(int Shard, string Owner, string Address, long Epoch, bool IsHeld, DateTimeOffset? EngineNow, long Commits);

/// <summary>Who holds which shard, read from the leases; remembered for a second, or until somebody found it wrong.</summary>
public sealed class ShardOwners([FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source, DeskAddress own)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private volatile Reading? _reading;

    /// <summary>Every live shard in order.</summary>
    public async Task<IReadOnlyList<ShardOwner>> Read(CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            select shard, owner, address, epoch, leased_until >= clock_timestamp(), engine_now, commits
            from engine_shards where shard < (select shards from engine_layout) order by shard
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var owners = new List<ShardOwner>();
        while (await reader.ReadAsync(ct))
            owners.Add(new ShardOwner(
                reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3), reader.GetBoolean(4),
                await reader.IsDBNullAsync(5, ct) ? null : reader.GetFieldValue<DateTimeOffset>(5), reader.GetInt64(6)));
        return owners;
    }

    /// <summary>Where another process that holds the shard takes commands; null when none does.</summary>
    internal async Task<string?> AddressOf(int shard, CancellationToken ct)
    {
        if (_reading is not { } reading || Stopwatch.GetElapsedTime(reading.At) > Fresh)
        {
            try
            {
                _reading = reading = new Reading(await Read(ct), Stopwatch.GetTimestamp());
            }
            catch (NpgsqlException)
            {
                // Without its database no process serves a shard, and nobody can be asked.
                return null;
            }
        }

        return reading.Owners.FirstOrDefault(owner => owner.Shard == shard && owner is { IsHeld: true, Address.Length: > 0 } && owner.Address != own.Value)?.Address;
    }

    internal void Forget() => _reading = null;

    private sealed record Reading(IReadOnlyList<ShardOwner> Owners, long At);
}
