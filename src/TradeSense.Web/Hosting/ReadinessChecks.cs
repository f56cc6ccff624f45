using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Quotes.Standing;

namespace TradeSense.Web.Hosting;

/// <summary>One thing that readiness takes. What fails is said in words; what takes too long has failed.</summary>
internal abstract class ReadinessCheck : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Health.Patience);
        try
        {
            // The wait ends by itself even where what is waited for does not hear of it, as behind a dead connection.
            var trouble = await Trouble(limit.Token).WaitAsync(limit.Token);
            return trouble is null ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus, trouble);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "gave no answer in time");
        }
        catch (NpgsqlException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "the database does not answer");
        }
    }

    /// <summary>What is wrong, for whoever asks from outside; null when nothing is.</summary>
    protected abstract Task<string?> Trouble(CancellationToken ct);
}

internal sealed class DatabaseCheck([FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source) : ReadinessCheck
{
    protected override async Task<string?> Trouble(CancellationToken ct)
    {
        await using var command = source.CreateCommand("select 1");
        await command.ExecuteScalarAsync(ct);
        return null;
    }
}

/// <summary>The database knows every migration this program was built with. It may know newer ones: the old program serves on while the new one is rolled out.</summary>
internal sealed class SchemaCheck([FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source) : ReadinessCheck
{
    private static readonly string[] Built = [.. Migrator.Files(Layout.Folder("migrations")).Select(file => Path.GetFileName(file))];

    protected override async Task<string?> Trouble(CancellationToken ct)
    {
        await using var command = source.CreateCommand("select count(*) from schema_migrations where name = any($1)");
        command.Parameters.Add(new() { Value = Built });
        return (long)(await command.ExecuteScalarAsync(ct))! == Built.Length ? null : "the schema is older than the program: run migrate";
    }
}

/// <summary>Cookies and links can be sealed and opened: the key ring is there, and the master key fits it.</summary>
internal sealed class KeyRingCheck(IDataProtectionProvider protection) : ReadinessCheck
{
    // The ring is read without a way to stop it, so it is read aside.
    protected override Task<string?> Trouble(CancellationToken ct) => Task.Run(() =>
    {
        try
        {
            var protector = protection.CreateProtector("health", "v1");
            return protector.Unprotect(protector.Protect("ready")) == "ready" ? null : "the key ring does not open what it sealed";
        }
        catch (CryptographicException)
        {
            return "the key ring does not open";
        }
    }, ct);
}

internal sealed class DiskCheck(HealthOptions options) : ReadinessCheck
{
    protected override Task<string?> Trouble(CancellationToken ct) =>
        Task.Run(() => new DriveInfo(Path.GetFullPath(options.Folder)).AvailableFreeSpace >= options.LeastFreeMegabytes * 1024 * 1024 ? null : "the disk is nearly full", ct);
}

/// <summary>Somebody empties the outbox. Messages whose handler fails are put off and not counted: they are on the health page.</summary>
internal sealed class OutboxCheck([FromKeyedServices(DatabaseOptions.EngineRole)] NpgsqlDataSource source, TimeProvider clock) : ReadinessCheck
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    protected override async Task<string?> Trouble(CancellationToken ct)
    {
        // The engine's role sees the messages of all brands.
        await using var command = source.CreateCommand("select exists (select from outbox_messages where done_at is null and due_at < $1)");
        command.Parameters.Add(new() { Value = clock.GetUtcNow() - Late });
        return await command.ExecuteScalarAsync(ct) is true ? "messages have been waiting for more than ten minutes" : null;
    }
}

/// <summary>The process that reads the feed hears quotes of some open market. Single silent symbols are incidents, on the health page.</summary>
internal sealed class FeedCheck(FeedStanding feed) : ReadinessCheck
{
    protected override Task<string?> Trouble(CancellationToken ct)
    {
        var open = feed.IsReading ? feed.Symbols().Where(symbol => symbol.IsOpen).ToList() : [];
        return Task.FromResult(open.Count > 0 && open.TrueForAll(symbol => symbol.IsOut) ? "no open market has prices" : null);
    }
}
