using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Challenges.Models;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Analytics.OtherPlans;

/// <summary>Every plan the firm offers today beside an account: what was worked out for the account as it stands now.</summary>
public sealed class OtherPlanList(TradeSenseDb db, OfferedModels offers, TimeProvider clock)
{
    /// <param name="Phase">The step of that plan the account is compared with.</param>
    /// <param name="IsOwn">The version the account was bought under.</param>
    /// <param name="MayAgain">It broke off, or quotes have moved on since.</param>
    /// <param name="IsSold">Whether the plan is sold in the account's size; the terms apply to it all the same.</param>
    public sealed record Row(Guid VersionId, string Name, int Number, string Phase, bool IsOwn, bool IsSold, OtherPlanRun? Run, PlanOutcome? Outcome, bool MayAgain);

    public sealed record Picture(TradingAccount Account, Currency Currency, IReadOnlyList<Row> Rows)
    {
        public bool IsWaiting => Rows.Any(row => row.Run?.IsWaiting == true);
    }

    public async Task<Picture?> Read(Guid accountId, Guid? userId, CancellationToken ct)
    {
        var account = await db.Set<TradingAccount>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == accountId && (userId == null || row.UserId == userId), ct);
        if (account is null) return null;

        var challenge = await db.Set<Challenge>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == account.ChallengeId, ct);
        var own = challenge is null ? null : await db.Set<ModelVersion>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == challenge.ModelVersionId, ct);
        var isFunded = own?.Definition.FundedIndex == account.PhaseIndex;
        var now = clock.GetUtcNow();
        var state = Convert.ToHexStringLower(account.JournalHead);
        var runs = await db.Set<OtherPlanRun>().AsNoTracking().Where(row => row.AccountId == accountId && row.State == state).ToDictionaryAsync(row => row.ModelVersionId, ct);
        return new Picture(account, account.Currency,
        [
            .. (await offers.Read(ct)).Where(offer => offer.Definition.Currency == account.Currency).Select(offer => new Row(
                offer.VersionId, offer.Definition.Name, offer.Number, offer.Definition.PhaseAt(PhaseOf(offer.Definition, account.PhaseIndex, isFunded)).Name, offer.VersionId == own?.Id,
                offer.Definition.PriceOf(account.Terms.InitialBalance) is not null, runs.GetValueOrDefault(offer.VersionId), runs.GetValueOrDefault(offer.VersionId)?.ReadOutcome(),
                runs.GetValueOrDefault(offer.VersionId)?.IsWorthAgain(account.EndedAt, now) == true)),
        ]);
    }

    /// <summary>Funded is compared with funded; a phase with the phase of the same place, or the plan's last.</summary>
    internal static int PhaseOf(ModelDefinition plan, int phaseIndex, bool isFunded) =>
        isFunded || plan.FundedIndex == 0 ? plan.FundedIndex : Math.Min(phaseIndex, plan.FundedIndex - 1);
}
