using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Terminal;

/// <summary>All that a trader keeps in the terminal.</summary>
public sealed class TerminalItems(TradeSenseDb db)
{
    public sealed record Row(TerminalItemKind Kind, string Name, string Body);

    public async Task<IReadOnlyList<Row>> Run(Guid userId, CancellationToken ct) =>
        await db.Set<TerminalItem>().AsNoTracking().Where(item => item.UserId == userId).OrderBy(item => item.Kind).ThenBy(item => item.Name)
            .Select(item => new Row(item.Kind, item.Name, item.Body)).ToListAsync(ct);
}
