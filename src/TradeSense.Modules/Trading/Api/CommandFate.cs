using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Trading.Api;

/// <summary>What became of a command, by its client id: for whoever was not answered. Nothing found means that it is not done; it may still be on its way.</summary>
public sealed class CommandFate(TenantLookup lookup)
{
    public sealed record Fate(DateTimeOffset At, RejectReason? Refused, IReadOnlyList<EngineEvent> Events);

    private sealed record Stored(DateTimeOffset At, string? Refused, long First, int Entries);

    public async Task<Fate?> Find(Guid tenant, Guid account, string clientId, CancellationToken ct)
    {
        // No id has these, and PostgreSQL takes no zero bytes.
        if (clientId.Any(letter => letter is < '!' or > '~')) return null;
        var found = await lookup.Read(tenant, row => new Stored(row.GetFieldValue<DateTimeOffset>(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2), row.GetInt32(3)), ct, TenantLookup.Ask(
            "select at, refused, first_entry, entries from trading_commands where tenant_id = $1 and account_id = $2 and client_id = $3", tenant, account, clientId));
        if (found.Count == 0) return null;

        var command = found[0];
        if (command.Refused is { } reason) return new Fate(command.At, Enum.Parse<RejectReason>(reason), []);
        return new Fate(command.At, null, await lookup.Read(tenant, row => EventText.Read(row.GetString(0), row.GetString(1)), ct, TenantLookup.Ask(
            "select kind, body from journal_entries where tenant_id = $1 and account_id = $2 and sequence between $3 and $4 order by sequence",
            tenant, account, command.First, command.First + command.Entries - 1)));
    }
}
