using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Notifications;

namespace TradeSense.Modules.Kyc;

/// <summary>A reviewer is satisfied: the person gets a tier, and challenges that waited for it go on.</summary>
public sealed class ApproveKyc(TradeSenseDb db, Outbox outbox, NotifyUser notify, AuditTrail audit, TimeProvider clock)
{
    public sealed record Request(Guid CaseId, int Tier, Guid ReviewerId);

    public async Task<Result> Run(Request request, CancellationToken ct)
    {
        var kyc = await db.Set<KycCase>().FromSql($"select * from kyc_cases where id = {request.CaseId} for update").SingleOrDefaultAsync(ct);
        if (kyc is null) return KycRefusal.UnknownCase;
        if (kyc.UserId == request.ReviewerId) return KycRefusal.OwnCase;

        var approved = kyc.Approve(request.Tier, request.ReviewerId, clock.GetUtcNow());
        if (approved.IsRefused) return approved;

        outbox.Add(KycApproved.MessageKind, $"{kyc.Id}:{kyc.Round}", new KycApproved(kyc.UserId, kyc.Tier));
        var user = await db.Set<User>().SingleAsync(user => user.Id == kyc.UserId, ct);
        await notify.Run(new(user.Id, user.Email, KycApproved.MessageKind, "Your identity is verified",
            "We have checked your document. If you passed a challenge, the contract is the next step.", "/trader/kyc"), ct);
        await audit.Record("kyc.approved", $"kyc:{kyc.Id}", new { kyc.UserId, kyc.Tier, kyc.Round }, ct);
        return Result.Ok;
    }
}

/// <summary>Published through the outbox when a person's identity was verified.</summary>
public sealed record KycApproved(Guid UserId, int Tier)
{
    public const string MessageKind = "kyc.approved";
}
