using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TradeSense.Modules.Trading.Quotes.Archive;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>Completes receipts every few seconds. It waits a little longer than the minute, for the archive to have written it.</summary>
internal sealed class ReceiptCompletion(CompleteReceipts complete, ArchivedQuotes archive, TimeProvider clock, ILogger<ReceiptCompletion> log) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ArchiveDelay = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(BetweenLooks, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;

            try
            {
                await complete.Run(archive.Run, clock.GetUtcNow() - QuoteWindow.Reach - ArchiveDelay, null, stoppingToken);
            }
            catch (NpgsqlException error)
            {
                log.LogError(error, "Receipts could not be completed; trying again");
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
