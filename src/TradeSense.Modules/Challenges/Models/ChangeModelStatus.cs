using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Challenges.Models;

/// <summary>Takes a model off the pricing page, or puts it back. Challenges sold before go on either way.</summary>
public sealed class ChangeModelStatus(TradeSenseDb db, AuditTrail audit)
{
    public async Task<Result> Run(Guid modelId, ModelStatus status, CancellationToken ct)
    {
        var model = await db.Set<ChallengeModel>().SingleOrDefaultAsync(row => row.Id == modelId, ct);
        if (model is null) return ModelRefusal.Unknown;
        if (model.Status == status) return Result.Ok;

        model.Status = status;
        await audit.Record(status is ModelStatus.Offered ? "model.offered" : "model.retired", $"model:{model.Id}", new { model.Name }, ct);
        return Result.Ok;
    }
}
