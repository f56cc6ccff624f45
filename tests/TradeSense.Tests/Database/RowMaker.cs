using Npgsql;

namespace TradeSense.Tests.Database;

/// <summary>Fills any table with one row of any tenant, knowing nothing but the column types. Checks, foreign keys and triggers are taken away first: policies must hold alone.</summary>
public static class RowMaker
{
    /// <summary>Makes the database a testing ground: nothing but row-level security decides, and the application's role may try everything.</summary>
    public static async Task LeaveOnlyPolicies(NpgsqlConnection administrator)
    {
        await Run(administrator, """
            do $$ declare found record; begin
                for found in select conrelid::regclass as place, conname from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace loop
                    execute format('alter table %s drop constraint %I', found.place, found.conname);
                end loop;
                for found in select conrelid::regclass as place, conname from pg_constraint where contype in ('c', 'x') and connamespace = 'public'::regnamespace and conrelid <> 0 loop
                    execute format('alter table %s drop constraint %I', found.place, found.conname);
                end loop;
                for found in select c.oid::regclass as place from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') loop
                    execute format('alter table %s disable trigger user', found.place);
                end loop;
            end $$;
            grant select, insert, update, delete on all tables in schema public to tradesense_app;
            """);
    }

    public static Task Insert(NpgsqlConnection connection, string table, Guid tenant) => Run(connection, $"""
        do $$ declare names text; vals text; begin
            select string_agg(quote_ident(a.attname), ', '), string_agg(case
                    when a.attname = 'tenant_id' then quote_literal('{tenant}')
                    when t.typcategory = 'A' then '''{"{}"}'''
                    when t.typname = 'uuid' then 'gen_random_uuid()'
                    when t.typname in ('json', 'jsonb') then '''{"{}"}'''
                    when t.typcategory = 'N' then '1'
                    when t.typname = 'bool' then 'true'
                    when t.typname = 'bytea' then '''\x00'''
                    when t.typname in ('timestamptz', 'date') then '''2026-01-05'''
                    when t.typname = 'time' then '''00:00'''
                    when t.typname = 'interval' then '''1 day'''
                    when t.typname = 'inet' then '''127.0.0.1'''
                    else 'left(gen_random_uuid()::text, ' || case when a.atttypmod > 4 then a.atttypmod - 4 else 36 end || ')' end, ', ')
                into names, vals
            from pg_attribute a join pg_type t on t.oid = a.atttypid
            where a.attrelid = '{table}'::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = '';
            execute format('insert into {table} (%s) values (%s)', names, vals);
        end $$;
        """);

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
