using Npgsql;
using Quartz;

namespace TradeSense.Modules.Database;

/// <summary>Quartz's own tables, from the script inside its package, in a schema of their own.</summary>
internal static class QuartzSchema
{
    public const string Prefix = "quartz.qrtz_";

    public static async Task Create(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('quartz.qrtz_job_details') is not null", connection);
        if (await exists.ExecuteScalarAsync(ct) is true) return;

        await using var resource = typeof(IScheduler).Assembly.GetManifestResourceStream("Quartz.Impl.AdoJobStore.Schema.create_postgres.sql")
            ?? throw new InvalidOperationException("Quartz no longer carries its PostgreSQL script.");
        using var reader = new StreamReader(resource);
        var script = (await reader.ReadToEndAsync(ct)).Replace("{0}", Prefix, StringComparison.Ordinal).Replace("{1}", "qrtz_", StringComparison.Ordinal);

        await using var transaction = await connection.BeginTransactionAsync(ct);
        var statements = script.ReplaceLineEndings("\n").Split("\n--;;\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var statement in (string[])["create schema quartz", .. statements, "grant usage on schema quartz to tradesense_app; grant select, insert, update, delete on all tables in schema quartz to tradesense_app"])
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }
}
