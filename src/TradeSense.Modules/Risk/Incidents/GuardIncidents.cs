using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Quotes.Filter;
using TradeSense.Modules.Trading.Quotes.Standing;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>Opens and ends the market's incidents as the feed's guard sees them: an outage for each symbol, a spike that grows while it returns.</summary>
public sealed class GuardIncidents([FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source, FeedStanding standing, TimeProvider clock)
{
    /// <summary>Spikes of a symbol closer together are one incident.</summary>
    private static readonly TimeSpan SameSpike = TimeSpan.FromMinutes(5);

    /// <summary>One look: what is out now, what is back, which spikes ended since the last look.</summary>
    public async Task Look(CancellationToken ct)
    {
        if (!standing.IsReading) return;

        var symbols = standing.Symbols();
        foreach (var symbol in symbols.Where(symbol => symbol.IsOut)) await Open(symbol, ct);
        await CloseReturned([.. symbols.Where(HasReturned).Select(symbol => symbol.Symbol)], ct);
        while (standing.Spikes.TryTake(out var spike)) await Note(spike, ct);
    }

    /// <summary>A price came, or the market closed. After a restart nobody has listened long enough to call a symbol out, which does not mean it is back.</summary>
    private static bool HasReturned(SymbolStanding symbol) => !symbol.IsOpen || symbol.Silence <= symbol.Limit;

    /// <summary>Since the last accepted quote, or for as long as the limit where there never was one.</summary>
    private async Task Open(SymbolStanding symbol, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            insert into market_incidents (id, kind, symbols, started_at, reason, declared_by, declared_at, last_seen_at)
            select $1, 'Outage', array[$2], $3, $4, $5, $6, $6
            where not exists (select from market_incidents where kind = 'Outage' and declared_by = $5 and ended_at is null and symbols = array[$2])
            """);
        object[] values = [NewId(), symbol.Symbol, symbol.LastAt ?? standing.Now - symbol.Limit, $"No price of {symbol.Symbol} for longer than {symbol.Limit.TotalSeconds:0} seconds while its market was open.", MarketIncident.Guard, clock.GetUtcNow()];
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Ended with the first price after it; where the market closed meanwhile, now.</summary>
    private async Task CloseReturned(string[] symbols, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            update market_incidents m set ended_at = greatest(m.started_at, $2), last_seen_at = $2
            where m.kind = 'Outage' and m.declared_by = $3 and m.ended_at is null and m.symbols <@ $1
            """);
        foreach (var value in (object[])[symbols, standing.Now, MarketIncident.Guard]) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task Note(Spike spike, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            with grown as (
                update market_incidents set ended_at = greatest(ended_at, $4), last_seen_at = $4
                where kind = 'Spike' and declared_by = $6 and symbols = array[$2] and last_seen_at > $7 returning id)
            insert into market_incidents (id, kind, symbols, started_at, ended_at, reason, declared_by, declared_at, last_seen_at)
            select $1, 'Spike', array[$2], $3, $4, $5, $6, $8, $4 where not exists (select from grown)
            """);
        object[] values =
        [
            NewId(), spike.Symbol, spike.From, spike.To,
            FormattableString.Invariant($"{spike.Quotes} price(s) of {spike.Symbol} as far as {spike.Furthest.Bid.Value}/{spike.Furthest.Ask.Value} were held back: neither the following prices nor a second source confirmed them."),
            MarketIncident.Guard, spike.From - SameSpike, clock.GetUtcNow(),
        ];
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }

    private Guid NewId() => Guid.CreateVersion7(clock.GetUtcNow());
}
