using Npgsql;
using TradeSense.Modules.Database;

namespace TradeSense.Tests.Fixture;

/// <summary>A migrated database of its own, copied from one that was migrated once in this run.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string RolePassword = "tests only";
    private static readonly Lazy<Task<string>> Template = new(CreateTemplate);
    private static readonly string Run = $"{Environment.ProcessId}_{Environment.TickCount64 % 1_000_000}";
    private static int _count;

    private readonly PostgresServer _server;

    private TestDatabase(PostgresServer server, string name)
    {
        _server = server;
        Name = name;
        Options = OptionsFor(server, name);
    }

    public string Name { get; }

    /// <summary>Connection strings of all roles; <see cref="DatabaseOptions.Owner"/> is the administrator, as in a first installation.</summary>
    public DatabaseOptions Options { get; }

    /// <summary>The migrations folder of the repository.</summary>
    public static string Migrations { get; } = Path.Combine(Repository.Root, "migrations");

    public static async Task<TestDatabase> Create()
    {
        var (server, template) = (await PostgresServer.Shared, await Template.Value);
        var database = new TestDatabase(server, NextName());
        await server.Execute($"create database {database.Name} template {template}");
        // Grants on a database are not part of its copy; the migrator writes them and finds everything else done.
        await new Migrator(database.Options, Migrations, TextWriter.Null).Run(CancellationToken.None);
        return database;
    }

    /// <summary>A database with nothing in it, not even the roles' rights.</summary>
    public static async Task<TestDatabase> CreateEmpty()
    {
        var server = await PostgresServer.Shared;
        var database = new TestDatabase(server, NextName());
        await server.Execute($"create database {database.Name} template template0");
        return database;
    }

    private static async Task<string> CreateTemplate()
    {
        var database = await CreateEmpty();
        await new Migrator(database.Options, Migrations, TextWriter.Null).Run(CancellationToken.None);
        NpgsqlConnection.ClearAllPools();
        return database.Name;
    }

    private static string NextName() => $"test_{Run}_{Interlocked.Increment(ref _count)}";

    private static DatabaseOptions OptionsFor(PostgresServer server, string name)
    {
        // A machine busy with many databases at once may take long to open a connection; that is no failure of what is tested.
        var administrator = new NpgsqlConnectionStringBuilder(server.Administrator) { Database = name, Timeout = 60 }.ConnectionString;
        return DatabaseOptions.From(variable => variable switch
        {
            "TRADESENSE_DATABASE" => administrator,
            "TRADESENSE_ROLE_PASSWORD" => RolePassword,
            _ => null,
        });
    }

    public async ValueTask DisposeAsync() => await _server.Execute($"drop database if exists {Name} with (force)");
}
