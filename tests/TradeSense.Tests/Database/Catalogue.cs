using Npgsql;

namespace TradeSense.Tests.Database;

/// <summary>
/// What the database's own catalogue must say for the tenant wall to stand: each check is a query that lists offenders, so an empty answer is a pass.
/// It looks at the catalogue, not at the migrations, so however a table came to be, it is judged.
/// </summary>
public static class Catalogue
{
    /// <summary>Tables that belong to the installation, not to a tenant. A new name here is a decision: nothing in such a table may tell of a tenant's business.</summary>
    public static readonly string[] Shared =
    [
        "tenants", "hosts", "protection_keys", "schema_migrations",
        // The market is everybody's.
        "quote_minutes", "bars", "last_quotes", "quote_outcomes", "market_incidents", "news_events", "calendar_events", "calendar_imports",
        // A shard serves accounts of all firms; its lease and the quotes it stands at name none of them.
        "engine_layout", "engine_shards", "shard_quotes",
        // How far the watcher of price alerts has come: an instant.
        "alert_watch",
        // What the scheduler did and when, for the platform's health page.
        "job_runs",
    ];

    /// <summary>Rows here are facts: the application adds, and never changes or removes.</summary>
    public static readonly string[] AppendOnly = ["ledger_transfers", "ledger_postings", "journal_entries", "audit_entries"];

    private const string TenantTables = """
        (select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, a.attnum as tenant_column
         from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p'))
        """;

    private const string LowRoles = "('tradesense_app', 'tradesense_engine', 'tradesense_audit')";

    private static readonly (string Rule, string Offenders)[] Checks =
    [
        ("has no tenant_id and is not listed as shared", """
            select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all (@shared)
              and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
            """),
        ("has a tenant_id that may be null", $"select t.relname from {TenantTables} t join pg_attribute a on a.attrelid = t.oid and a.attnum = t.tenant_column where not a.attnotnull"),
        ("has no primary key that starts with tenant_id", $"""
            select t.relname from {TenantTables} t
            where not exists (select from pg_index i where i.indrelid = t.oid and i.indisprimary and i.indkey[0] = t.tenant_column)
            """),
        ("has a unique index that does not start with tenant_id", $"""
            select t.relname || '.' || i.indexrelid::regclass from {TenantTables} t join pg_index i on i.indrelid = t.oid
            where i.indisunique and i.indkey[0] <> t.tenant_column
            """),
        ("does not enable and force row-level security", $"select relname from {TenantTables} t where not (relrowsecurity and relforcerowsecurity)"),
        ("has no policy that shows the application its tenant's rows", $"""
            select t.relname from {TenantTables} t where not exists (
              select from pg_policy p where p.polrelid = t.oid and 'tradesense_app'::regrole = any (p.polroles) and p.polcmd = '*'
                and pg_get_expr(p.polqual, p.polrelid) = '(tenant_id = ( SELECT app_tenant() AS app_tenant))'
                and pg_get_expr(p.polwithcheck, p.polrelid) = '(tenant_id = ( SELECT app_tenant() AS app_tenant))')
            """),
        // Permissive policies add up: one more generous than the tenant's undoes it.
        ("has a second policy for the application or for everybody", $"""
            select t.relname || '.' || p.polname from {TenantTables} t join pg_policy p on p.polrelid = t.oid
            where ('tradesense_app'::regrole = any (p.polroles) and p.polname <> 'tenant') or 0::oid = any (p.polroles)
            """),
        ("lets the auditor do more than read", $"""
            select t.relname || '.' || p.polname from {TenantTables} t join pg_policy p on p.polrelid = t.oid
            where 'tradesense_audit'::regrole = any (p.polroles) and p.polcmd <> 'r'
            """),
        ("has a foreign key to a tenant's table that does not carry tenant_id", $"""
            select t.relname || '.' || k.conname from {TenantTables} t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
            join {TenantTables} target on target.oid = k.confrelid
            where not exists (select from unnest(k.conkey, k.confkey) as pair(here, there) where pair.here = t.tenant_column and pair.there = target.tenant_column)
            """),
        ("belongs to a role that serves", $"""
            select c.relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in {LowRoles}
            union all select p.proname from pg_proc p join pg_roles r on r.oid = p.proowner where r.rolname in {LowRoles}
            union all select n.nspname from pg_namespace n join pg_roles r on r.oid = n.nspowner where r.rolname in {LowRoles}
            """),
        ("is a serving role with powers", $"""
            select rolname from pg_roles where rolname in ('tradesense_owner', 'tradesense_app', 'tradesense_engine', 'tradesense_audit')
              and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
            union all select m.member::regrole::text from pg_auth_members m where m.member::regrole::text in {LowRoles}
            """),
        ("lets a serving role create things", $"""
            select r.rolname from pg_roles r where r.rolname in {LowRoles}
              and (has_schema_privilege(r.oid, 'public', 'create') or has_database_privilege(r.oid, current_database(), 'create'))
            """),
        // TRUNCATE ignores row-level security; REFERENCES and TRIGGER let a role look around it.
        ("grants TRUNCATE, REFERENCES or TRIGGER", """
            select g.grantee || ' on ' || g.table_name from information_schema.role_table_grants g
            where g.grantee like 'tradesense\_%' and g.grantee <> 'tradesense_owner' and g.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER')
            """),
        ("grants the auditor more than reading", """
            select g.table_name from information_schema.role_table_grants g where g.grantee = 'tradesense_audit' and g.privilege_type <> 'SELECT'
            """),
        ("grants everybody something", """
            select g.table_name from information_schema.role_table_grants g where g.grantee = 'PUBLIC' and g.table_schema = 'public'
            """),
        ("is append-only and can be changed or removed by a serving role", """
            select g.grantee || ': ' || g.privilege_type || ' on ' || g.table_name from information_schema.role_table_grants g
            where g.table_name = any (@append_only) and g.grantee in ('tradesense_app', 'tradesense_engine') and g.privilege_type in ('UPDATE', 'DELETE')
            union all select g.grantee || ': UPDATE of ' || g.table_name || '.' || g.column_name from information_schema.column_privileges g
            where g.table_name = any (@append_only) and g.grantee in ('tradesense_app', 'tradesense_engine') and g.privilege_type = 'UPDATE'
            """),
        ("is written by the engine without a policy that says so", $"""
            select distinct t.relname from {TenantTables} t join information_schema.role_table_grants g on g.table_name = t.relname and g.grantee = 'tradesense_engine'
            where not exists (select from pg_policy p where p.polrelid = t.oid and 'tradesense_engine'::regrole = any (p.polroles))
            """),
        ("is a view that does not ask with its reader's rights", """
            select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'
              and not coalesce(c.reloptions @> array['security_invoker=true'] or c.reloptions @> array['security_invoker=on'], false)
            """),
        ("is a materialized view, which no policy guards", "select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'm'"),
        ("is a function that runs with its owner's rights", "select p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef"),
        ("is a column of a type that loses time zones or cents", """
            select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
              and a.atttypid in ('float4'::regtype, 'float8'::regtype, 'money'::regtype, 'timestamp'::regtype, 'timetz'::regtype, 'json'::regtype)
            """),
    ];

    /// <summary>Every offence found, as “what: rule”. Looks through the given connection, so an open transaction's own tables are judged too.</summary>
    public static async Task<IReadOnlyList<string>> Problems(NpgsqlConnection connection)
    {
        var problems = new List<string>();
        foreach (var (rule, offenders) in Checks)
        {
            await using var command = new NpgsqlCommand(offenders, connection);
            if (offenders.Contains("@shared", StringComparison.Ordinal)) command.Parameters.AddWithValue("shared", Shared);
            if (offenders.Contains("@append_only", StringComparison.Ordinal)) command.Parameters.AddWithValue("append_only", AppendOnly);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) problems.Add($"{reader.GetString(0)}: {rule}");
        }

        return problems;
    }

    /// <summary>The tenant-owned tables, by name.</summary>
    public static async Task<IReadOnlyList<string>> TenantOwned(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand($"select relname::text from {TenantTables} t order by 1", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync()) names.Add(reader.GetString(0));
        return names;
    }
}
