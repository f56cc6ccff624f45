using Microsoft.Extensions.Logging;
using Npgsql;

namespace TradeSense.Modules.Database;

/// <summary>How work that must outlive an outage of the database knows one, and waits for its end.</summary>
public static class DatabaseErrors
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    /// <summary>The database's own error, also where EF has wrapped it: it hides one that may pass in an <see cref="InvalidOperationException"/>. Null when the error is another.</summary>
    public static NpgsqlException? FromDatabase(this Exception error)
    {
        for (var one = error; one is not null; one = one.InnerException)
            if (one is NpgsqlException found) return found;
        return null;
    }

    /// <summary>The same, where the database is away or ended the connection. What it says about a login, a statement or a row is not of this kind: that comes again.</summary>
    public static NpgsqlException? Absence(this Exception error) =>
        error.FromDatabase() is { } trouble && (trouble is not PostgresException said || said.IsTransient || said.SqlState[..2] is "57" or "08") ? trouble : null;

    /// <summary>Does the work; while the database is away, says so and tries again. The work must bear being begun twice.</summary>
    public static async Task Outlast(this ILogger log, Func<CancellationToken, Task> work, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await work(ct);
                return;
            }
            catch (Exception error) when (error.Absence() is { } trouble)
            {
                log.LogWarning("The database does not answer ({Reason}); waiting for it", trouble.Message);
            }

            await Task.Delay(BetweenTries, ct);
        }
    }
}
