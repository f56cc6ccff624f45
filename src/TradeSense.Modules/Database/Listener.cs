using Microsoft.Extensions.Logging;
using Npgsql;

namespace TradeSense.Modules.Database;

/// <summary>Listens to one PostgreSQL channel and connects again when the connection is lost; after each connect it signals once, for what was missed.</summary>
/// <param name="told">What is done with a notification's text; without it, a notification signals.</param>
internal sealed class Listener(NpgsqlDataSource source, string channel, Action signal, ILogger log, Action<string>? told = null)
{
    public async Task Run(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(ct);
                connection.Notification += (_, notification) =>
                {
                    if (told is null) signal();
                    else told(notification.Payload);
                };
                await using (var listen = new NpgsqlCommand($"listen {channel}", connection)) await listen.ExecuteNonQueryAsync(ct);
                signal();
                while (true) await connection.WaitAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException error)
            {
                log.LogWarning(error, "Lost the database channel {Channel}; connecting again", channel);
                try
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), ct);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }
    }
}
