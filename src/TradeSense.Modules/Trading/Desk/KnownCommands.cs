using Npgsql;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>First outcomes by client id, as committed: what a repeated command is answered with, after a restart too.</summary>
internal sealed class KnownCommands(NpgsqlDataSource source)
{
    internal sealed record Known(byte[] ContentHash, CommandOutcome Outcome);

    public async Task<IReadOnlyDictionary<(AccountId, string), Known>> Find(IReadOnlyList<(Guid Tenant, AccountId Account, string ClientId)> asked, CancellationToken ct)
    {
        if (asked.Count == 0) return new Dictionary<(AccountId, string), Known>();

        // Row by row through the key: as a plain join, a table PostgreSQL has no figures of yet is read from end to end for every batch.
        await using var command = source.CreateCommand("""
            select c.account_id, c.client_id, c.content_hash, c.refused, c.tenant_id, c.first_entry, c.entries
            from unnest($1, $2, $3) as asked (tenant_id, account_id, client_id)
            cross join lateral (
                select * from trading_commands k where k.tenant_id = asked.tenant_id and k.account_id = asked.account_id and k.client_id = asked.client_id limit 1
            ) c
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. asked.Select(one => one.Tenant)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. asked.Select(one => one.Account.Value)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. asked.Select(one => one.ClientId)] });

        var rows = new List<(Guid Account, string ClientId, byte[] Hash, string? Refused, Guid Tenant, long First, int Entries)>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                rows.Add((reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetGuid(4), reader.GetInt64(5), reader.GetInt32(6)));
        }

        var known = new Dictionary<(AccountId, string), Known>();
        foreach (var row in rows)
        {
            CommandOutcome outcome = row.Refused is { } reason
                ? new CommandOutcome.Refused(Enum.Parse<RejectReason>(reason))
                : new CommandOutcome.Accepted(await Events(row.Tenant, row.Account, row.First, row.Entries, ct));
            known.Add((new AccountId(row.Account), row.ClientId), new Known(row.Hash, outcome));
        }

        return known;
    }

    /// <summary>All client ids of each account, or one more than are kept.</summary>
    public async Task<ILookup<AccountId, string>> IdsOf(IReadOnlyList<AccountSeat> seats, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            select asked.account_id, c.client_id from unnest($1, $2) as asked (tenant_id, account_id)
            cross join lateral (select k.client_id from trading_commands k where k.tenant_id = asked.tenant_id and k.account_id = asked.account_id limit $3) c
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. seats.Select(seat => seat.TenantId)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. seats.Select(seat => seat.Id.Value)] });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = HeardIds.MostOfAccount + 1 });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var ids = new List<(AccountId Account, string Id)>();
        while (await reader.ReadAsync(ct)) ids.Add((new AccountId(reader.GetGuid(0)), reader.GetString(1)));
        return ids.ToLookup(row => row.Account, row => row.Id);
    }

    private async Task<IReadOnlyList<Engine.Events.EngineEvent>> Events(Guid tenant, Guid account, long first, int entries, CancellationToken ct)
    {
        await using var command = source.CreateCommand("select kind, body from journal_entries where tenant_id = $1 and account_id = $2 and sequence between $3 and $4 order by sequence");
        foreach (var value in (object[])[tenant, account, first, first + entries - 1]) command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var events = new List<Engine.Events.EngineEvent>();
        while (await reader.ReadAsync(ct)) events.Add(EventText.Read(reader.GetString(0), reader.GetString(1)));
        return events;
    }
}
