using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Quotes;

namespace TradeSense.Modules.Alerts;

/// <summary>
/// Keeps the book of alerts and tells what the quotes reached. Quotes only pass by the book; all that takes time is done here. What was reached while nobody
/// watched is found in the archive at the start.
/// </summary>
internal sealed class AlertWatch(
    AlertBook book, AlertStore store, LatestQuotes quotes, AlertTeller teller, TimeProvider clock, [FromKeyedServices(DatabaseOptions.EngineRole)] NpgsqlDataSource source, ILogger<AlertWatch> log)
    : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(10), Overlap = TimeSpan.FromMinutes(1), AfterFailure = TimeSpan.FromSeconds(1);
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private DateTimeOffset _readUpTo = DateTimeOffset.UnixEpoch;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        quotes.Heard += book.Hear;
        var listening = new Listener(source, "price_alerts", () => _changed.Writer.TryWrite(true), log).Run(stoppingToken);
        var telling = teller.Run(stoppingToken);
        var isCaughtUp = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!isCaughtUp) await CatchUp(stoppingToken);
                isCaughtUp = true;
                await ReadChanges(stoppingToken);
                if (teller.IsIdle) await store.Watched(clock.GetUtcNow() - Overlap, stoppingToken);
                using var pause = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                pause.CancelAfter(Sweep);
                await _changed.Reader.ReadAsync(pause.Token);
            }
            catch (OperationCanceledException)
            {
                // Either the sweep's pause is over, or the host stops and the loop's condition sees it.
            }
            catch (NpgsqlException error)
            {
                log.LogError(error, "Price alerts could not reach the database; they go on when it is back");
                await Task.Delay(AfterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        quotes.Heard -= book.Hear;
        await Task.WhenAll(listening, telling);
    }

    /// <summary>Quotes that were accepted while nobody watched, or heard by a watcher that was killed before it could tell.</summary>
    private async Task CatchUp(CancellationToken ct)
    {
        if (await store.WatchedUntil(ct) is not { } until) return;

        foreach (var alert in await store.Waiting(DateTimeOffset.UnixEpoch, ct))
            if (await store.Crossed(alert, alert.ChangedAt > until ? alert.ChangedAt : until, ct) is { } quote) book.Tell(new AlertCrossing(alert, quote));
    }

    /// <summary>Transactions end in another order than they began: what is read twice is put into the book twice, which changes nothing.</summary>
    private async Task ReadChanges(CancellationToken ct)
    {
        foreach (var alert in await store.Waiting(_readUpTo - Overlap, ct))
        {
            book.Put(alert, quotes.TryGet(alert.Symbol, out var latest) ? latest.Quote : null);
            if (alert.ChangedAt > _readUpTo) _readUpTo = alert.ChangedAt;
        }
    }
}

/// <summary>Tells crossings one after the other, each inside its tenant; one that could not be written is tried again.</summary>
internal sealed class AlertTeller(AlertBook book, TenantDirectory tenants, TenantScope scope, ILogger<AlertTeller> log)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private volatile bool _isTelling;

    /// <summary>Nothing is left to tell.</summary>
    public bool IsIdle => !_isTelling && book.Crossings.Count == 0;

    public async Task Run(CancellationToken ct)
    {
        try
        {
            while (await book.Crossings.WaitToReadAsync(ct))
            {
                _isTelling = true;
                while (book.Crossings.TryRead(out var crossing)) await Tell(crossing, ct);
                _isTelling = false;
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host stops; what was not told is found in the archive by the next watcher.
        }
    }

    private async Task Tell(AlertCrossing crossing, CancellationToken ct)
    {
        if (tenants.All.FirstOrDefault(tenant => tenant.Id == crossing.Alert.TenantId) is not { } tenant) return;

        try
        {
            await scope.Run(tenant, services => services.GetRequiredService<FirePriceAlert>().Run(crossing.Alert.Id, crossing.Quote, ct), ct);
        }
        catch (Exception error) when ((error as DbUpdateException ?? (Exception?)error.FromDatabase()) is { } trouble)
        {
            log.LogError(trouble, "Price alert {Alert} could not be told; it is tried again", crossing.Alert.Id);
            book.Tell(crossing);
            await Task.Delay(AfterFailure, ct);
        }
    }
}
