using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Ledger;

/// <summary>Moves money between accounts. The same key with the same content gives the earlier transfer, with other content a refusal; unbalanced entries are a bug and throw.</summary>
public sealed class PostTransfer(TradeSenseDb db, CurrentTenant tenant, TimeProvider clock)
{
    /// <param name="Subject">What it is about: <c>order:{id}</c>, <c>payout:{id}</c>.</param>
    public sealed record Request(string IdempotencyKey, LedgerTransferKind Kind, string Subject, string Description, IReadOnlyList<Entry> Entries, Guid? Reverses = null);

    /// <summary>A debit when positive, a credit when negative.</summary>
    public sealed record Entry(LedgerAccountName Account, Money Amount);

    /// <summary>The transfer's id, new or earlier.</summary>
    public async Task<Result<Guid>> Run(Request request, CancellationToken ct)
    {
        MustBalance(request);
        var fingerprint = FingerprintOf(request);
        if (await Insert(request, fingerprint, ct) is not { } transferId) return await Earlier(request.IdempotencyKey, fingerprint, ct);

        var accounts = await AccountsOf(request, ct);
        foreach (var entry in request.Entries)
        {
            db.Add(new LedgerPosting
            {
                Id = NewId(), TransferId = transferId, AccountId = accounts[(entry.Account, entry.Amount.Currency)], Amount = entry.Amount.Amount, Currency = entry.Amount.Currency,
            });
        }

        await db.SaveChangesAsync(ct);
        return transferId;
    }

    private static void MustBalance(Request request)
    {
        if (request.Entries.Count < 2 || request.Entries.Any(entry => entry.Amount.IsZero))
            throw new InvalidOperationException($"Transfer {request.IdempotencyKey} needs at least two entries, none of them zero.");

        foreach (var currency in request.Entries.GroupBy(entry => entry.Amount.Currency).Where(group => group.Sum(entry => entry.Amount.Amount) != 0))
            throw new InvalidOperationException($"Transfer {request.IdempotencyKey} does not sum to zero in {currency.Key}.");
    }

    private static string FingerprintOf(Request request)
    {
        var entries = request.Entries.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Account} {entry.Amount.Amount:0.####} {entry.Amount.Currency}")).Order(StringComparer.Ordinal);
        var content = string.Join('\n', [request.Kind.ToString(), request.Subject, request.Reverses?.ToString() ?? "", .. entries]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
    }

    /// <summary>Null when the key was used before. A racing transaction with the same key is waited for.</summary>
    private async Task<Guid?> Insert(Request request, string fingerprint, CancellationToken ct)
    {
        var inserted = await db.Database.SqlQuery<Guid>($"""
            insert into ledger_transfers (tenant_id, id, idempotency_key, fingerprint, kind, subject, description, reverses_id, posting_count, at)
            values ({tenant.Id}, {NewId()}, {request.IdempotencyKey}, {fingerprint}, {request.Kind.ToString()}, {request.Subject}, {request.Description},
                    {request.Reverses}, {request.Entries.Count}, {clock.GetUtcNow()})
            on conflict (tenant_id, idempotency_key) do nothing
            returning id as "Value"
            """).ToListAsync(ct);
        return inserted is [var id] ? id : null;
    }

    private async Task<Result<Guid>> Earlier(string key, string fingerprint, CancellationToken ct)
    {
        var earlier = await db.Set<LedgerTransfer>().AsNoTracking().SingleAsync(transfer => transfer.IdempotencyKey == key, ct);
        return earlier.Fingerprint == fingerprint ? earlier.Id : LedgerRefusal.KeyReused;
    }

    private async Task<Dictionary<(LedgerAccountName, Currency), Guid>> AccountsOf(Request request, CancellationToken ct)
    {
        var accounts = new Dictionary<(LedgerAccountName, Currency), Guid>();
        // One order for all, so that two transfers that both open the same new accounts cannot wait for each other.
        var needed = request.Entries.Select(entry => (entry.Account, entry.Amount.Currency)).Distinct().OrderBy(pair => pair.ToString(), StringComparer.Ordinal);
        foreach (var (name, currency) in needed) accounts[(name, currency)] = await Find(name, currency, ct) ?? await Open(name, currency, ct);
        return accounts;
    }

    private async Task<Guid> Open(LedgerAccountName name, Currency currency, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"""
            insert into ledger_accounts (tenant_id, id, kind, owner, currency, created_at)
            values ({tenant.Id}, {NewId()}, {name.Kind.ToString()}, {name.Owner}, {currency.Code}, {clock.GetUtcNow()})
            on conflict (tenant_id, kind, owner, currency) do nothing
            """, ct);
        return await Find(name, currency, ct) ?? throw new InvalidOperationException($"Ledger account {name} {currency} could not be opened.");
    }

    private Task<Guid?> Find(LedgerAccountName name, Currency currency, CancellationToken ct) => db.Set<LedgerAccount>().AsNoTracking()
        .Where(account => account.Kind == name.Kind && account.Owner == name.Owner && account.Currency == currency)
        .Select(account => (Guid?)account.Id).SingleOrDefaultAsync(ct);

    private Guid NewId() => Guid.CreateVersion7(clock.GetUtcNow());
}

public static class LedgerRefusal
{
    public static Refusal KeyReused { get; } = new("ledger.key_reused");
    public static Refusal AlreadyReversed { get; } = new("ledger.already_reversed");
}
