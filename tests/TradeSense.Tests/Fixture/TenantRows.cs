using Npgsql;

namespace TradeSense.Tests.Fixture;

/// <summary>Everything a tenant has in the database, as one line for each table: its name, how many rows, and what they add up to. Two equal readings mean that nothing was written.</summary>
public static class TenantRows
{
    private const string Tables = """
        select string_agg(format('select %L || '': '' || count(*) || '' '' || coalesce(md5(string_agg(t::text, ''|'' order by t::text)), '''') from %I t where tenant_id = $1', c.relname, c.relname),
                          ' union all ' order by c.relname)
        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        """;

    /// <summary>As the administrator: the auditor does not see what is sealed.</summary>
    public static async Task<IReadOnlyList<string>> Of(TestFirm firm)
    {
        await using var source = NpgsqlDataSource.Create(firm.Site.Database.Options.Owner);
        await using var list = source.CreateCommand(Tables);
        await using var command = source.CreateCommand((string)(await list.ExecuteScalarAsync())! + " order by 1");
        command.Parameters.Add(new NpgsqlParameter { Value = firm.Tenant.Id });
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
        return lines;
    }
}
