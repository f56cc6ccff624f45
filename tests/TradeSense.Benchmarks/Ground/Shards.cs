using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Desk.Links;

namespace TradeSense.Benchmarks.Ground;

/// <summary>What an engine apart needs around it.</summary>
internal static class Shards
{
    /// <summary>As in the product, but open at weekends, with quotes of any age, and with time for a great commit.</summary>
    public static TradingOptions Options { get; } = new() { EnforceSessions = false, Staleness = null };

    public static ServiceProvider Services(DatabaseOptions database) => new ServiceCollection()
        .AddLogging().AddSingleton<DeskAddress>()
        .AddKeyedSingleton(DatabaseOptions.EngineRole, (_, _) => NpgsqlDataSource.Create(database.Engine))
        .BuildServiceProvider();

    /// <summary>A price for every symbol the accounts hold.</summary>
    public static async Task Quote(TradingDesk desk, CancellationToken ct)
    {
        foreach (var symbol in BenchDatabase.Symbols) await desk.Take(new Quote(TimeProvider.System.GetUtcNow(), symbol, new Price(1.09995m), new Price(1.10005m)), ct);
    }
}
