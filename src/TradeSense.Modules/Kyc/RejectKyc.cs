using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Notifications;

namespace TradeSense.Modules.Kyc;

/// <summary>A reviewer cannot accept the documents and says why; the trader reads the reason and hands in again.</summary>
public sealed class RejectKyc(TradeSenseDb db, NotifyUser notify, AuditTrail audit, TimeProvider clock)
{
    public sealed record Request(Guid CaseId, string Reason, Guid ReviewerId);

    public async Task<Result> Run(Request request, CancellationToken ct)
    {
        var kyc = await db.Set<KycCase>().FromSql($"select * from kyc_cases where id = {request.CaseId} for update").SingleOrDefaultAsync(ct);
        if (kyc is null) return KycRefusal.UnknownCase;
        if (kyc.UserId == request.ReviewerId) return KycRefusal.OwnCase;

        var rejected = kyc.Reject(request.Reason, request.ReviewerId, clock.GetUtcNow());
        if (rejected.IsRefused) return rejected;

        var user = await db.Set<User>().SingleAsync(user => user.Id == kyc.UserId, ct);
        await notify.Run(new(user.Id, user.Email, "kyc.rejected", "Your document could not be accepted", kyc.Reason!, "/trader/kyc"), ct);
        await audit.Record("kyc.rejected", $"kyc:{kyc.Id}", new { kyc.UserId, kyc.Reason, kyc.Round }, ct);
        return Result.Ok;
    }
}
