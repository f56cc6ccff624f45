using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Analytics.OtherPlans;

/// <summary>Asks how an account's trades would have gone under another plan. What was worked out before for the same state and version is not worked out again.</summary>
public sealed class RequestOtherPlan(TradeSenseDb db, Outbox outbox, TimeProvider clock)
{
    /// <param name="UserId">The trader who asks; null for staff.</param>
    public sealed record Request(Guid AccountId, Guid? UserId, Guid ModelVersionId);

    public async Task<Result<Guid>> Run(Request request, CancellationToken ct)
    {
        var account = await db.Set<TradingAccount>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.AccountId && (request.UserId == null || row.UserId == request.UserId), ct);
        if (account is null || account.JournalLength == 0 || !await db.Set<ModelVersion>().AnyAsync(row => row.Id == request.ModelVersionId, ct)) return OtherPlanRefusal.Unknown;

        // Two clicks at once ask once.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"other-plan:" + account.Id}, 0))", ct);
        var state = Convert.ToHexStringLower(account.JournalHead);
        if (await db.Set<OtherPlanRun>().AsTracking().SingleOrDefaultAsync(row => row.AccountId == account.Id && row.ModelVersionId == request.ModelVersionId && row.State == state, ct) is { } known) return await Again(known, account, ct);

        var now = clock.GetUtcNow();
        var run = new OtherPlanRun
        {
            Id = Guid.CreateVersion7(now), AccountId = account.Id, ModelVersionId = request.ModelVersionId, State = state, JournalLength = account.JournalLength,
            Until = account.EndedAt ?? now, RequestedAt = now,
        };
        db.Add(run);
        outbox.Add(OnOtherPlanAsked.MessageKind, run.Id.ToString(), run.Id);
        await db.SaveChangesAsync(ct);
        return run.Id;
    }

    /// <summary>The answer stands until it broke off or quotes have moved on under an account that lives.</summary>
    private async Task<Guid> Again(OtherPlanRun run, TradingAccount account, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!run.IsWorthAgain(account.EndedAt, now)) return run.Id;

        run.AskAgain(account.EndedAt ?? now, now);
        // Each time it is asked for anew is a message of its own, also twice in one instant; two clicks are one by the lock.
        outbox.Add(OnOtherPlanAsked.MessageKind, $"{run.Id}:{Guid.CreateVersion7(now)}", run.Id);
        await db.SaveChangesAsync(ct);
        return run.Id;
    }
}

public static class OtherPlanRefusal
{
    public static Refusal Unknown { get; } = new("analytics.other_plan_unknown");
}
