using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Audit;

/// <summary>The tenant's audit trail, newest first, filtered by words of action, subject or actor.</summary>
public sealed class AuditList(TradeSenseDb db)
{
    public sealed record Row(long Sequence, DateTimeOffset At, string Actor, string? Address, string Action, string Subject, string Details, string Hash);

    public async Task<(IReadOnlyList<Row> Rows, int Total)> Read(string? search, int page, int size, CancellationToken ct)
    {
        var entries = db.Set<AuditEntry>().AsNoTracking();
        if (!string.IsNullOrWhiteSpace(search))
        {
            var words = search.Trim();
            entries = entries.Where(entry => EF.Functions.ILike(entry.Action, $"%{words}%") || EF.Functions.ILike(entry.Subject, $"%{words}%") || EF.Functions.ILike(entry.Actor, $"%{words}%"));
        }

        var rows = await entries.OrderByDescending(entry => entry.Sequence).Skip((page - 1) * size).Take(size)
            .Select(entry => new Row(entry.Sequence, entry.At, entry.Actor, entry.Address, entry.Action, entry.Subject, entry.Details, entry.Hash)).ToListAsync(ct);
        return (rows, await entries.CountAsync(ct));
    }
}
