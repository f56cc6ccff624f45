using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Challenges.Progress;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Challenges.Scaling;

/// <summary>The engine says that a funded account has grown: its trader is told, and the firm's audit trail has it. An account that no challenge stands behind is none of ours.</summary>
internal sealed class OnAccountScaled(TradeSenseDb db, Announcements announce, AuditTrail audit) : IOutboxHandler
{
    private sealed record Scaled(Guid AccountId, Guid ChallengeId, decimal Size, decimal Growth);

    public string Kind => "trading.account_scaled";

    public async Task Handle(OutboxMessage message, CancellationToken ct)
    {
        var scaled = message.Read<Scaled>();
        var found = await (
            from challenge in db.Set<Challenge>().AsNoTracking()
            where challenge.Id == scaled.ChallengeId
            join version in db.Set<ModelVersion>().AsNoTracking() on challenge.ModelVersionId equals version.Id
            select new { challenge, version }).SingleOrDefaultAsync(ct);
        if (found is null) return;

        await announce.Scaled(found.challenge, scaled.AccountId, found.version.Definition, scaled.Size, ct);
        await audit.Record("account.scaled", $"account:{scaled.AccountId}", new { scaled.Size, scaled.Growth }, ct);
    }
}
