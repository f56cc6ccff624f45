using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Kyc;

namespace TradeSense.Modules.Challenges.Progress;

/// <summary>
/// Moves challenges on: next phase, identity check, contract, funded account, or an end. Each step looks at where the challenge stands first,
/// so that an event told twice has one effect.
/// </summary>
public sealed class ChallengeProgress(TradeSenseDb db, OpenPhase open, KycStanding kyc, Announcements announce)
{
    /// <summary>The first account; a model without phases goes straight to the identity check.</summary>
    internal async Task Begin(Challenge challenge, ModelDefinition model, CancellationToken ct)
    {
        if (model.FundedIndex > 0) await open.Run(challenge, model, 0, ct);
        else await FinishPhases(challenge, ct);
    }

    public async Task PhasePassed(Guid accountId, DateTimeOffset at, decimal balance, int tradingDays, CancellationToken ct)
    {
        if (await Running(accountId, ct) is not var (challenge, phase)) return;

        var (model, hash) = await TermsOf(challenge, ct);
        phase.End(PhaseOutcome.Passed, at);
        var certificate = await announce.CertificateFor(challenge, phase, model, hash, balance, tradingDays, at, ct);
        await announce.PhasePassed(challenge, phase, model, certificate, ct);

        var next = phase.PhaseIndex + 1;
        challenge.MoveTo(next);
        if (next < model.FundedIndex) await open.Run(challenge, model, next, ct);
        else await FinishPhases(challenge, ct);
    }

    public async Task AccountFailed(Guid accountId, DateTimeOffset at, CancellationToken ct)
    {
        if (await Running(accountId, ct) is not var (challenge, phase)) return;

        phase.End(PhaseOutcome.Failed, at);
        challenge.Fail(at);
        await announce.Failed(challenge, phase, ct);
    }

    /// <summary>The verdict on the account was undone: its phase, and the challenge with it, go on.</summary>
    public async Task AccountReinstated(Guid accountId, CancellationToken ct)
    {
        if (await PhaseOf(accountId, ct) is not var (challenge, phase) || phase.Outcome is not PhaseOutcome.Failed) return;

        phase.GoOn();
        challenge.Reinstate(isFunded: phase.PhaseIndex == (await TermsOf(challenge, ct)).Definition.FundedIndex);
        await announce.Reinstated(challenge, phase, ct);
    }

    /// <summary>The account was ended by a clock or by the firm, not by a loss rule.</summary>
    public async Task AccountClosed(Guid accountId, DateTimeOffset at, string reason, CancellationToken ct)
    {
        if (await Running(accountId, ct) is not var (challenge, phase)) return;

        phase.End(PhaseOutcome.Expired, at);
        challenge.Expire(at, reason);
        await announce.Expired(challenge, phase, reason, ct);
    }

    /// <summary>The person is known now: all challenges that waited for it go on to the contract.</summary>
    public async Task KycApproved(Guid userId, CancellationToken ct)
    {
        await OneAtATime(userId, ct);
        var waiting = await db.Set<Challenge>().FromSql($"select *, xmin from challenges where user_id = {userId} and status = 'PendingKyc' for update").ToListAsync(ct);
        foreach (var challenge in waiting) await AwaitContract(challenge, ct);
    }

    /// <summary>The contract is signed: the funded account opens.</summary>
    public async Task ContractSigned(Guid challengeId, CancellationToken ct)
    {
        var challenge = await Locked(challengeId, ct);
        if (challenge is not { Status: ChallengeStatus.PendingContract }) return;

        var (model, _) = await TermsOf(challenge, ct);
        challenge.Fund(model.FundedIndex);
        await open.Run(challenge, model, model.FundedIndex, ct);
        await announce.Funded(challenge, ct);
    }

    private async Task FinishPhases(Challenge challenge, CancellationToken ct)
    {
        await OneAtATime(challenge.UserId, ct);
        if ((await kyc.Of(challenge.UserId, ct)).Status is KycStatus.Approved)
        {
            await AwaitContract(challenge, ct);
            return;
        }

        challenge.AwaitKyc();
        await announce.KycDue(challenge, ct);
    }

    /// <summary>An approval and a last phase passed at the same moment take turns: else each could look before the other has written.</summary>
    private Task<int> OneAtATime(Guid userId, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"challenge-kyc:" + userId}, 0))", ct);

    private async Task AwaitContract(Challenge challenge, CancellationToken ct)
    {
        challenge.AwaitContract();
        await announce.ContractDue(challenge, ct);
    }

    /// <summary>The account's phase and challenge, the challenge locked; null when the phase has ended or the account is none of ours.</summary>
    private async Task<(Challenge Challenge, ChallengePhase Phase)?> Running(Guid accountId, CancellationToken ct) =>
        await PhaseOf(accountId, ct) is { Phase.Outcome: PhaseOutcome.Running } running ? running : null;

    private async Task<(Challenge Challenge, ChallengePhase Phase)?> PhaseOf(Guid accountId, CancellationToken ct)
    {
        var challengeId = await db.Set<ChallengePhase>().Where(row => row.Id == accountId).Select(row => (Guid?)row.ChallengeId).SingleOrDefaultAsync(ct);
        if (challengeId is not { } id || await Locked(id, ct) is not { } challenge) return null;

        // Read after the lock: whoever held it may have ended the phase.
        var phase = await db.Set<ChallengePhase>().SingleAsync(row => row.Id == accountId, ct);
        return (challenge, phase);
    }

    private Task<Challenge?> Locked(Guid id, CancellationToken ct) =>
        db.Set<Challenge>().FromSql($"select *, xmin from challenges where id = {id} for update").SingleOrDefaultAsync(ct);

    private async Task<(ModelDefinition Definition, string Hash)> TermsOf(Challenge challenge, CancellationToken ct)
    {
        var version = await db.Set<ModelVersion>().AsNoTracking().SingleAsync(row => row.Id == challenge.ModelVersionId, ct);
        return (version.Definition, version.Hash);
    }
}
