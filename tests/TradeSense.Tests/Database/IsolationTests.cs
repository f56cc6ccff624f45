using Microsoft.EntityFrameworkCore;
using Npgsql;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;
using TradeSense.Tests.Conventions;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Database;

/// <summary>For every tenant-owned table the catalogue knows: a foreign tenant's row can neither be read nor written, whatever the application's code forgets.</summary>
public sealed class IsolationTests : IAsyncLifetime
{
    private static readonly Guid Own = Guid.Parse("0199aaaa-0000-7000-8000-000000000001");
    private static readonly Guid Foreign = Guid.Parse("0199bbbb-0000-7000-8000-000000000002");

    private TestDatabase _database = null!;
    private NpgsqlConnection _administrator = null!;
    private NpgsqlDataSource _application = null!;
    private IReadOnlyList<string> _tables = [];

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.Create();
        _administrator = new NpgsqlConnection(_database.Options.Owner);
        await _administrator.OpenAsync();
        _application = NpgsqlDataSource.Create(_database.Options.App);
        await RowMaker.LeaveOnlyPolicies(_administrator);
        _tables = await Catalogue.TenantOwned(_administrator);
        foreach (var table in _tables) await Fill(table);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        await _administrator.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task No_table_lets_a_tenant_touch_anothers_row()
    {
        var probe = new IsolationProbe(_application, Own, Foreign);
        var leaks = new List<string>();
        foreach (var table in _tables) leaks.AddRange(await probe.Leaks(table));

        Verdict.NoOffences(leaks);
    }

    [Fact]
    public async Task With_the_filters_taken_away_the_context_still_sees_nothing_foreign()
    {
        var current = new CurrentTenant();
        current.Set(TenantOf(Own));
        await using var db = new TradeSenseDb(new DbContextOptionsBuilder<TradeSenseDb>().UseNpgsql(_application).Options, current);
        await using var transaction = new TenantTransaction(db, current);
        await transaction.Begin(TestContext.Current.CancellationToken);

        var entities = db.Model.GetEntityTypes().Where(entity => typeof(ITenantOwned).IsAssignableFrom(entity.ClrType)).Select(entity => entity.ClrType).ToList();
        foreach (var entity in entities)
        {
            var owners = await (Task<List<Guid>>)Reading.MakeGenericMethod(entity).Invoke(null, [db])!;
            Assert.Equal([Own], owners.Distinct());
        }

        Assert.NotEmpty(entities);
    }

    [Theory]
    [InlineData("shows a foreign row", "")]
    [InlineData("updates a foreign row", "")]
    [InlineData("takes a row for a foreign tenant", "alter table bad enable row level security; create policy p on bad using (tenant_id = app_tenant()) with check (true)")]
    [InlineData("shows rows when no tenant is set", "alter table bad enable row level security; create policy p on bad using (tenant_id = coalesce(app_tenant(), tenant_id))")]
    public async Task A_table_with_a_hole_is_found(string leak, string guard)
    {
        await using (var create = new NpgsqlCommand($"create table bad (tenant_id uuid not null, id uuid primary key); grant all on bad to tradesense_app; {guard}", _administrator))
            await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await Fill("bad");

        var leaks = await new IsolationProbe(_application, Own, Foreign).Leaks("bad");

        Assert.Contains(leaks, found => found.Contains(leak, StringComparison.Ordinal));
    }

    private async Task Fill(string table)
    {
        await RowMaker.Insert(_administrator, table, Own);
        await RowMaker.Insert(_administrator, table, Foreign);
    }

    private static readonly System.Reflection.MethodInfo Reading =
        typeof(IsolationTests).GetMethod(nameof(Owners), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!;

    private static Task<List<Guid>> Owners<T>(TradeSenseDb db) where T : class, ITenantOwned => db.Set<T>().IgnoreQueryFilters().Select(row => row.TenantId).ToListAsync();

    private static Tenant TenantOf(Guid id) => new(
        id, "own", "Own", TenantKind.Brand, TenantStatus.Active, ["own.test"], "en-US", Currency.Usd, TradingDay.Default, "midnight",
        new Dictionary<string, string>(), new Dictionary<string, string>(), []);
}
