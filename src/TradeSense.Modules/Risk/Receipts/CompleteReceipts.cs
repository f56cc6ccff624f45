using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Engine.Events;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>Attaches to each receipt the quotes from a minute before the verdict to a minute after, once that minute is over, all tenants at once, as the engine's role; then each brand seals its own.</summary>
public sealed class CompleteReceipts([FromKeyedServices(DatabaseOptions.EngineRole)] NpgsqlDataSource source, TenantDirectory tenants, TenantScope scope, TimeProvider clock)
{
    /// <summary>Where the quotes of a symbol between two instants are found.</summary>
    public delegate Task<IReadOnlyList<Quote>> QuoteSource(string symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken ct);

    private const int Most = 200;

    /// <param name="before">Verdicts older than this have their minute behind them.</param>
    /// <param name="shardApart">Null for the live accounts; the number of an engine that ran apart for its own.</param>
    /// <returns>How many were completed.</returns>
    public async Task<int> Run(QuoteSource quotes, DateTimeOffset before, int? shardApart, CancellationToken ct)
    {
        var completed = 0;
        while (await Incomplete(before, shardApart, ct) is { Count: > 0 } receipts)
        {
            foreach (var receipt in receipts) await Complete(receipt, quotes, ct);
            foreach (var tenant in receipts.Select(receipt => receipt.Tenant).Distinct()) await Seal(tenants.Find(tenant), ct);
            completed += receipts.Count;
        }

        return completed;
    }

    /// <summary>What is complete and has no seal, of all brands: a process that dies between the two leaves one behind.</summary>
    public async Task SealMissing(CancellationToken ct)
    {
        foreach (var tenant in tenants.All.Where(tenant => tenant.Kind is TenantKind.Brand)) await Seal(tenant, ct);
    }

    private Task Seal(Tenant? tenant, CancellationToken ct) =>
        tenant is null ? Task.CompletedTask : scope.Run(tenant, services => services.GetRequiredService<SealReceipts>().Run(ct), ct);

    private async Task<IReadOnlyList<(Guid Tenant, Guid Id, DateTimeOffset At, BreachEvidence Evidence)>> Incomplete(DateTimeOffset before, int? shardApart, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"""
            select b.tenant_id, b.id, b.at, b.evidence from breaches b join trading_accounts a on a.tenant_id = b.tenant_id and a.id = b.account_id
            where b.completed_at is null and b.at < $1 and a.shard_apart is not distinct from $2 order by b.at limit {Most}
            """);
        command.Parameters.Add(new() { Value = before.ToUniversalTime() });
        command.Parameters.Add(new() { Value = shardApart ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var receipts = new List<(Guid, Guid, DateTimeOffset, BreachEvidence)>();
        while (await reader.ReadAsync(ct))
            receipts.Add((reader.GetGuid(0), reader.GetGuid(1), reader.GetFieldValue<DateTimeOffset>(2), JsonSerializer.Deserialize<BreachEvidence>(reader.GetString(3), Json.Options)!));
        return receipts;
    }

    private async Task Complete((Guid Tenant, Guid Id, DateTimeOffset At, BreachEvidence Evidence) receipt, QuoteSource quotes, CancellationToken ct)
    {
        var window = new List<Quote>();
        foreach (var symbol in receipt.Evidence.Quotes.Select(quote => quote.Symbol).Concat(receipt.Evidence.Positions.Select(position => position.State.Symbol)).Distinct())
            window.AddRange(await quotes(symbol, receipt.At - QuoteWindow.Reach, receipt.At + QuoteWindow.Reach, ct));

        await using var command = source.CreateCommand("update breaches set quotes = $3, completed_at = $4 where tenant_id = $1 and id = $2");
        foreach (var value in (object[])[receipt.Tenant, receipt.Id, QuoteWindow.Pack(window), clock.GetUtcNow()]) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }
}
