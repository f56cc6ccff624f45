using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Terminal;

/// <summary>A trader throws away something kept in the terminal. What is not there is as good as removed.</summary>
public sealed class RemoveTerminalItem(TradeSenseDb db)
{
    public sealed record Request(Guid UserId, string Kind, string Name);

    public async Task<Result> Run(Request request, CancellationToken ct)
    {
        if (SaveTerminalItem.KindOf(request.Kind) is not { } kind) return TerminalRefusal.UnknownKind;

        await db.Set<TerminalItem>().Where(item => item.UserId == request.UserId && item.Kind == kind && item.Name == request.Name).ExecuteDeleteAsync(ct);
        return Result.Ok;
    }
}
