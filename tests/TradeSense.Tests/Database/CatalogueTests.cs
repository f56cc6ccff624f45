using Npgsql;
using TradeSense.Tests.Conventions;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Database;

public sealed class CatalogueTests(OwnDatabase own) : IClassFixture<OwnDatabase>
{
    [Fact]
    public async Task Every_table_view_and_grant_keeps_the_tenant_wall()
    {
        await using var connection = await Open();

        Verdict.NoOffences(await Catalogue.Problems(connection));
    }

    [Fact]
    public async Task There_are_tables_to_judge()
    {
        await using var connection = await Open();

        Assert.Contains("users", await Catalogue.TenantOwned(connection));
    }

    [Theory]
    [InlineData("has no tenant_id", "create table bad (id uuid primary key)")]
    [InlineData("may be null", "create table bad (tenant_id uuid, id uuid)")]
    [InlineData("no primary key that starts", "create table bad (tenant_id uuid not null, id uuid primary key)")]
    [InlineData("a unique index", "create table bad (tenant_id uuid not null, id uuid, mail text unique, primary key (tenant_id, id))")]
    [InlineData("enable and force", "create table bad (tenant_id uuid not null, id uuid, primary key (tenant_id, id)); alter table bad enable row level security")]
    [InlineData("no policy that shows", "create table bad (tenant_id uuid not null, id uuid, primary key (tenant_id, id)); create policy tenant on bad to tradesense_app using (true)")]
    [InlineData("a second policy", "create policy generous on users for select to tradesense_app using (role = 'Owner')")]
    [InlineData("a second policy", "create policy everybody on users for select using (true)")]
    [InlineData("more than read", "create policy writes on users to tradesense_audit using (true)")]
    [InlineData("does not carry tenant_id", "alter table users add unique (id), add friend uuid references users (id)")]
    [InlineData("belongs to a role that serves", "create table bad (id int); grant create on schema public to tradesense_app; alter table bad owner to tradesense_app")]
    [InlineData("role with powers", "alter role tradesense_engine bypassrls")]
    [InlineData("role with powers", "grant tradesense_owner to tradesense_app")]
    [InlineData("create things", "grant create on schema public to tradesense_engine")]
    [InlineData("grants TRUNCATE", "grant truncate on users to tradesense_app")]
    [InlineData("more than reading", "grant update on users to tradesense_audit")]
    [InlineData("grants everybody", "grant select on users to public")]
    [InlineData("append-only", "grant update on audit_entries to tradesense_app")]
    [InlineData("append-only", "grant update (details) on audit_entries to tradesense_app")]
    [InlineData("written by the engine", "grant select on users to tradesense_engine")]
    [InlineData("reader's rights", "create view bad as select * from users")]
    [InlineData("materialized view", "create materialized view bad as select * from users")]
    [InlineData("owner's rights", "create function bad() returns bigint language sql security definer as 'select count(*) from users'")]
    [InlineData("loses time zones or cents", "alter table users add balance double precision")]
    [InlineData("loses time zones or cents", "alter table users add seen timestamp")]
    public async Task A_breach_of_the_wall_is_found(string rule, string breach)
    {
        await using var connection = await Open();
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(breach, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var problems = await Catalogue.Problems(connection);

        Assert.Contains(problems, problem => problem.Contains(rule, StringComparison.Ordinal));
    }

    private async Task<NpgsqlConnection> Open()
    {
        var connection = new NpgsqlConnection(own.Database.Options.Owner);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
