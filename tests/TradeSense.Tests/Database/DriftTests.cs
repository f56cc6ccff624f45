using Microsoft.EntityFrameworkCore;
using Npgsql;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;
using TradeSense.Tests.Conventions;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Database;

public sealed class DriftTests(OwnDatabase own) : IClassFixture<OwnDatabase>
{
    [Fact]
    public async Task The_model_and_the_migrations_agree()
    {
        await using var connection = await Open();
        await using var db = Context(connection);

        Verdict.NoOffences(await Drift.Between(db, connection));
    }

    [Fact]
    public async Task Every_entity_can_be_queried()
    {
        await using var connection = await Open();
        await using var db = Context(connection);

        foreach (var entity in db.Model.GetEntityTypes().Where(entity => !entity.IsOwned()))
            await (Task)QueryMethod.MakeGenericMethod(entity.ClrType).Invoke(null, [db])!;
    }

    [Theory]
    [InlineData("users.country: is character varying(2), mapped as text", "alter table users drop constraint users_country_check; alter table users alter country type varchar(2)")]
    [InlineData("users.email: may be null, mapped as required", "alter table users alter email drop not null")]
    [InlineData("users.time_zone: is required, mapped as nullable", "alter table users alter time_zone set not null")]
    [InlineData("users.country: mapped, but no migration makes it", "alter table users rename country to land")]
    [InlineData("users.shoe_size: is required, but nothing maps it", "alter table users add shoe_size int not null")]
    [InlineData("notifications: mapped, but no migration makes it", "alter table notifications rename to notices")]
    [InlineData("notifications: the key is (id, tenant_id)", "alter table notifications drop constraint notifications_pkey, add primary key (id, tenant_id)")]
    public async Task A_difference_is_found(string difference, string change)
    {
        await using var connection = await Open();
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var command = new NpgsqlCommand(change, connection)) await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var db = Context(connection);

        Assert.Contains(await Drift.Between(db, connection), problem => problem.StartsWith(difference, StringComparison.Ordinal));
    }

    private static readonly System.Reflection.MethodInfo QueryMethod =
        typeof(DriftTests).GetMethod(nameof(Query), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!;

    private static Task<List<T>> Query<T>(TradeSenseDb db) where T : class => db.Set<T>().IgnoreQueryFilters().Take(0).ToListAsync();

    private static TradeSenseDb Context(NpgsqlConnection connection) =>
        new(new DbContextOptionsBuilder<TradeSenseDb>().UseNpgsql(connection).Options, new CurrentTenant());

    private async Task<NpgsqlConnection> Open()
    {
        var connection = new NpgsqlConnection(own.Database.Options.Owner);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
