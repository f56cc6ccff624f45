using System.Text.RegularExpressions;
using Npgsql;
using TradeSense.Modules.Database;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Database;

public sealed partial class MigratorTests
{
    [Fact]
    public async Task An_empty_database_is_brought_to_this_version_and_a_second_run_changes_nothing()
    {
        await using var database = await TestDatabase.CreateEmpty();
        using var first = new StringWriter();
        using var second = new StringWriter();

        await new Migrator(database.Options, TestDatabase.Migrations, first).Run(TestContext.Current.CancellationToken);
        await new Migrator(database.Options, TestDatabase.Migrations, second).Run(TestContext.Current.CancellationToken);

        var files = Migrator.Files(TestDatabase.Migrations).Select(Path.GetFileName).ToList();
        Assert.All(files, file => Assert.Contains(file!, first.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(".sql", second.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_that_was_changed_after_it_ran_is_refused()
    {
        await using var database = await TestDatabase.CreateEmpty();
        var folder = Directory.CreateTempSubdirectory("tradesense-migrations-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "0001_first.sql"), "create table first (id int)", TestContext.Current.CancellationToken);
        await new Migrator(database.Options, folder, TextWriter.Null).Run(TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "0001_first.sql"), "create table second (id int)", TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => new Migrator(database.Options, folder, TextWriter.Null).Run(TestContext.Current.CancellationToken));

        Assert.Contains("0001_first.sql", error.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_behind()
    {
        await using var database = await TestDatabase.CreateEmpty();
        var folder = Directory.CreateTempSubdirectory("tradesense-migrations-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "0001_half.sql"), "create table half (id int); select 1 / 0", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<PostgresException>(() => new Migrator(database.Options, folder, TextWriter.Null).Run(TestContext.Current.CancellationToken));

        await using var source = NpgsqlDataSource.Create(database.Options.Owner);
        await using var command = source.CreateCommand("select to_regclass('half') is null and not exists (select from schema_migrations)");
        Assert.Equal(true, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Migrations_are_numbered_once_each_and_say_what_they_do()
    {
        var names = Migrator.Files(TestDatabase.Migrations).Select(file => Path.GetFileName(file)).ToList();

        Assert.All(names, name => Assert.Matches(NamePattern(), name));
        Assert.Equal(names.Count, names.Select(name => name[..4]).Distinct().Count());
    }

    [GeneratedRegex("^[0-9]{4}_[a-z0-9_]+\\.sql$")]
    private static partial Regex NamePattern();
}
