using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Database;

/// <summary>
/// The one transaction of a page handler, API call or job. It sets the tenant transaction-locally, so nothing is visible before it begins
/// or after it ends, whatever connection the pool hands out.
/// </summary>
public sealed class TenantTransaction(TradeSenseDb db, CurrentTenant tenant) : IAsyncDisposable
{
    private readonly List<Func<CancellationToken, Task>> _afterCommit = [];
    private readonly List<Func<Task>> _atEnd = [];
    private IDbContextTransaction? _transaction;

    public bool IsOpen => _transaction is not null;

    public async Task Begin(CancellationToken ct)
    {
        if (_transaction is not null) throw new InvalidOperationException("A scope has one transaction at a time.");

        _transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select set_config('app.tenant_id', {tenant.Id.ToString()}, true)", ct);
    }

    public async Task Commit(CancellationToken ct)
    {
        if (_transaction is null) throw new InvalidOperationException("There is no transaction to commit.");

        await db.SaveChangesAsync(ct);
        await _transaction.CommitAsync(ct);
        await DisposeAsync();

        foreach (var work in _afterCommit.ToArray()) await work(ct);
        _afterCommit.Clear();
    }

    /// <summary>Work that must not happen unless the transaction does: waking a job, telling a live page. Never money.</summary>
    public void AfterCommit(Func<CancellationToken, Task> work) => _afterCommit.Add(work);

    /// <summary>Work of its own that must happen whichever way the transaction ends, and needs another one: noting a refusal. Without a transaction it is done now.</summary>
    public Task AtEnd(Func<Task> work)
    {
        if (_transaction is null) return work();

        _atEnd.Add(work);
        return Task.CompletedTask;
    }

    /// <summary>Ends the transaction; what was not committed is rolled back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_transaction is null) return;

        await _transaction.DisposeAsync();
        _transaction = null;
        db.ChangeTracker.Clear();
        var ended = _atEnd.ToArray();
        _atEnd.Clear();
        foreach (var work in ended) await work();
    }
}
