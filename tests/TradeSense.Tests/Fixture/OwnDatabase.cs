namespace TradeSense.Tests.Fixture;

/// <summary>A migrated database for one test class (<c>IClassFixture</c>) that alters tables: locks taken there disturb nobody.</summary>
public sealed class OwnDatabase : IAsyncLifetime
{
    private TestDatabase? _database;

    public TestDatabase Database => _database ?? throw new InvalidOperationException("The database was not made yet.");

    public async ValueTask InitializeAsync() => _database = await TestDatabase.Create();

    public async ValueTask DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
    }
}
