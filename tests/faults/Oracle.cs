using System.Text.Json;
using Npgsql;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Faults;

public enum Wrong { Lost, Doubled, Open, Untrue }

/// <summary>Something the client's journal and the database do not agree about.</summary>
public sealed record Offence(Wrong Kind, string Text);

/// <summary>Holds the client's journal against the database, read by the auditor's role and in nobody else's words: what was acknowledged ⊆ what is stored ⊆ what was sent.</summary>
internal sealed class Oracle(string auditor)
{
    public async Task<IReadOnlyList<Offence>> Judge(ClientJournal journal)
    {
        await using var source = NpgsqlDataSource.Create(auditor);
        var offences = new List<Offence>();
        var entries = journal.Entries.ToDictionary(pair => pair.Key, pair => pair.Value);
        var stored = await Commands(source);
        var (opened, closed) = await Facts(source, offences);

        foreach (var (key, entry) in entries)
        {
            if (entry.Heard is not { } heard) offences.Add(new(Wrong.Open, $"{key.ClientId}: never answered"));
            else if (!stored.TryGetValue(key, out var refused)) offences.Add(new(Wrong.Lost, $"{key.ClientId}: acknowledged and lost"));
            else if (refused != heard.Refused) offences.Add(new(Wrong.Untrue, $"{key.ClientId}: acknowledged as {heard.Refused ?? "done"}, stored as {refused ?? "done"}"));
            else if (heard.Refused is not null && (opened.ContainsKey(key) || closed.ContainsKey(key))) offences.Add(new(Wrong.Untrue, $"{key.ClientId}: acknowledged as {heard.Refused}, and filled"));
            else if (heard.Refused is null) Compare(key, entry.Sent, heard, entry.Sent.Kind is "open" ? opened : closed, offences);
        }

        // "open" is the one command the client sends outside its journal.
        offences.AddRange(stored.Keys.Where(key => key.ClientId is not "open" && !entries.ContainsKey(key)).Select(key => new Offence(Wrong.Untrue, $"{key.ClientId}: stored, but never sent")));
        offences.AddRange(opened.Keys.Concat(closed.Keys).Where(key => !entries.ContainsKey(key)).Select(key => new Offence(Wrong.Untrue, $"{key.ClientId}: filled, but never sent")));
        offences.AddRange(await Sums(source));
        return offences;
    }

    private static void Compare((Guid, string ClientId) key, ClientJournal.Order sent, ClientJournal.Answer heard, Dictionary<(Guid, string), List<JsonElement>> facts, List<Offence> offences)
    {
        if (!facts.TryGetValue(key, out var found)) offences.Add(new(Wrong.Lost, $"{key.ClientId}: acknowledged, but there is no fill"));
        else if (found.Count != 1) offences.Add(new(Wrong.Doubled, $"{key.ClientId}: filled {found.Count} times"));
        else if (found[0].GetProperty("position").GetInt32() != heard.Position || found[0].GetProperty("price").GetDecimal() != heard.Price || found[0].GetProperty("lots").GetDecimal() != sent.Lots)
            offences.Add(new(Wrong.Untrue, $"{key.ClientId}: filled otherwise than acknowledged: {found[0]}"));
    }

    private static async Task<Dictionary<(Guid Account, string ClientId), string?>> Commands(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select account_id, client_id, refused from trading_commands");
        await using var reader = await command.ExecuteReaderAsync();
        var stored = new Dictionary<(Guid, string), string?>();
        while (await reader.ReadAsync()) stored.Add((reader.GetGuid(0), reader.GetString(1)), await reader.IsDBNullAsync(2) ? null : reader.GetString(2));
        return stored;
    }

    /// <summary>Fills by the order that caused them; on the way each account's chain of hashes is walked to its head.</summary>
    private static async Task<(Dictionary<(Guid, string ClientId), List<JsonElement>> Opened, Dictionary<(Guid, string ClientId), List<JsonElement>> Closed)> Facts(NpgsqlDataSource source, List<Offence> offences)
    {
        var heads = new Dictionary<Guid, (long Length, byte[] Head)>();
        await using (var command = source.CreateCommand("select id, journal_length, journal_head from trading_accounts"))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) heads.Add(reader.GetGuid(0), (reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));

        var (opened, closed) = (new Dictionary<(Guid, string), List<JsonElement>>(), new Dictionary<(Guid, string), List<JsonElement>>());
        var chains = heads.Keys.ToDictionary(id => id, _ => (Length: 0L, Head: JournalEntry.Root));
        await using (var command = source.CreateCommand("select account_id, sequence, kind, body, hash from journal_entries order by account_id, sequence"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                var (account, sequence, kind, body) = (reader.GetGuid(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3));
                var head = JournalEntry.HashOf(chains[account].Head, account, sequence, kind, body);
                if (sequence != chains[account].Length + 1 || !head.AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(4))) offences.Add(new(Wrong.Untrue, $"journal of {account}: entry {sequence} does not follow the one before"));
                chains[account] = (sequence, head);

                if (kind is not ("position_opened" or "position_closed")) continue;
                using var document = JsonDocument.Parse(body);
                var key = (account, document.RootElement.GetProperty("clientId").GetString() ?? "");
                var facts = kind is "position_opened" ? opened : closed;
                if (!facts.TryGetValue(key, out var found)) facts[key] = found = [];
                found.Add(document.RootElement.Clone());
            }
        }

        offences.AddRange(heads.Where(one => chains[one.Key].Length != one.Value.Length || !chains[one.Key].Head.AsSpan().SequenceEqual(one.Value.Head)).Select(one => new Offence(Wrong.Untrue, $"journal of {one.Key}: the account's row names another end")));
        return (opened, closed);
    }

    /// <summary>No orphans: what was opened and not closed is what is open, every close is a trade, and each balance is the sum of its trades and open commissions.</summary>
    private static async Task<IReadOnlyList<Offence>> Sums(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("""
            with opened as (select account_id, body::jsonb ->> 'position' as number from journal_entries where kind = 'position_opened'),
                 closed as (select account_id, body::jsonb ->> 'position' as number from journal_entries where kind = 'position_closed'),
                 left_open as (select * from opened except select * from closed)
            select 'position ' || coalesce(l.number, p.number::text) || ' of ' || coalesce(l.account_id, p.account_id) || ' is open in the journal or in the table only'
            from left_open l full join positions p on p.account_id = l.account_id and p.number::text = l.number where l.number is null or p.number is null
            union all
            select 'trade of position ' || position || ' of ' || account_id || ' is doubled' from trades group by account_id, position having count(*) > 1
            union all
            select 'balance of ' || a.id || ' is ' || a.balance || ', its trades say ' || (1e7 + coalesce(t.net, 0) - coalesce(p.paid, 0)) from trading_accounts a
            left join (select account_id, sum(profit - commission + swap) as net from trades group by 1) t on t.account_id = a.id
            left join (select account_id, sum(commission_paid) as paid from positions group by 1) p on p.account_id = a.id
            where a.balance <> 1e7 + coalesce(t.net, 0) - coalesce(p.paid, 0)
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var offences = new List<Offence>();
        while (await reader.ReadAsync()) offences.Add(new(Wrong.Untrue, reader.GetString(0)));
        return offences;
    }
}
