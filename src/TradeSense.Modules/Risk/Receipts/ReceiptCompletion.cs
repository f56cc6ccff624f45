using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Quotes.Archive;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>Completes and seals receipts every few seconds. It waits a little longer than the minute, for the archive to have written it.</summary>
internal sealed class ReceiptCompletion(CompleteReceipts complete, ArchivedQuotes archive, TimeProvider clock, ILogger<ReceiptCompletion> log) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ArchiveDelay = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var mayMissSeals = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(BetweenLooks, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;

            try
            {
                if (mayMissSeals) await complete.SealMissing(stoppingToken);
                mayMissSeals = false;
                await complete.Run(archive.Run, clock.GetUtcNow() - QuoteWindow.Reach - ArchiveDelay, null, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error.FromDatabase() is { } trouble)
            {
                mayMissSeals = true;
                log.LogError(trouble, "Receipts could not be completed; trying again");
            }
        }
    }
}
