using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace TradeSense.Modules.Database;

/// <summary>Creates the database roles where it may, then runs <c>migrations/NNNN_what.sql</c> in order, each once, each in a transaction. A changed file is refused.</summary>
public sealed class Migrator(DatabaseOptions options, string folder, TextWriter log)
{
    private const long Lock = 7_214_455_003;

    public async Task Run(CancellationToken ct)
    {
        await CreateRoles(ct);

        await using var source = NpgsqlDataSource.Create(OwnerConnection());
        await using var connection = await source.OpenConnectionAsync(ct);
        await Execute(connection, $"select pg_advisory_lock({Lock})", ct);
        await Execute(connection, "create table if not exists schema_migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default now())", ct);

        foreach (var file in Files(folder)) await Apply(connection, file, ct);
        await QuartzSchema.Create(connection, ct);
    }

    /// <summary>The files in the order they run.</summary>
    public static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.sql").Order(StringComparer.Ordinal)];

    private async Task Apply(NpgsqlConnection connection, string file, CancellationToken ct)
    {
        var (name, sql) = (Path.GetFileName(file), await File.ReadAllTextAsync(file, ct));
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql.ReplaceLineEndings("\n"))));

        await using var find = new NpgsqlCommand("select sha256 from schema_migrations where name = $1", connection) { Parameters = { new() { Value = name } } };
        if (await find.ExecuteScalarAsync(ct) is string applied)
        {
            if (applied != sha256) throw new InvalidOperationException($"{name} was changed after it had been applied. Migrations go forward: write a new one.");
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Execute(connection, sql, ct);
        await using var note = new NpgsqlCommand("insert into schema_migrations (name, sha256) values ($1, $2)", connection) { Parameters = { new() { Value = name }, new() { Value = sha256 } } };
        await note.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        await log.WriteLineAsync($"migrated {name}");
    }

    /// <summary>Needs an administrator's login the first time; where the roles exist already, an owner's login is enough.</summary>
    private async Task CreateRoles(CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(options.Owner);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var may = new NpgsqlCommand("select rolsuper or rolcreaterole from pg_roles where rolname = current_user", connection);
        if (await may.ExecuteScalarAsync(ct) is not true) return;

        // Two checkouts on one server may start at once: roles belong to the server, so creating them is serialised there.
        await Execute(connection, $"select pg_advisory_lock({Lock})", ct);
        foreach (var role in (string[])[DatabaseOptions.OwnerRole, DatabaseOptions.AppRole, DatabaseOptions.EngineRole, DatabaseOptions.AuditRole])
        {
            var password = options.RolePassword.Replace("'", "''", StringComparison.Ordinal);
            await Execute(connection, $"""
                do $$ begin
                    if not exists (select from pg_roles where rolname = '{role}') then
                        create role {role} login nosuperuser nocreatedb nocreaterole nobypassrls password '{password}';
                    end if;
                end $$;
                """, ct);
        }

        await using var database = new NpgsqlCommand("select quote_ident(current_database())", connection);
        var name = (string)(await database.ExecuteScalarAsync(ct))!;
        await Execute(connection, $"""
            revoke all on database {name} from public;
            grant connect, create on database {name} to {DatabaseOptions.OwnerRole};
            grant connect on database {name} to {DatabaseOptions.AppRole}, {DatabaseOptions.EngineRole}, {DatabaseOptions.AuditRole};
            revoke all on schema public from public;
            alter schema public owner to {DatabaseOptions.OwnerRole};
            """, ct);
    }

    private string OwnerConnection()
    {
        var builder = new NpgsqlConnectionStringBuilder(options.Owner);
        return builder.Username == DatabaseOptions.OwnerRole ? options.Owner : DatabaseOptions.As(options.Owner, DatabaseOptions.OwnerRole, options.RolePassword);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
