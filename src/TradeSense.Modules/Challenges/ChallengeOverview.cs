using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Challenges;

/// <summary>What the trader is to do next.</summary>
public enum NextStep { Trade, ProveIdentity, SignContract, None }

/// <summary>Where a phase stands on the stepper.</summary>
public enum PhaseState { Done, Current, Ahead, Failed, Expired }

/// <summary>The challenges of a trader, newest first, each with its phases and what comes next.</summary>
public sealed class ChallengeOverview(TradeSenseDb db)
{
    /// <param name="AccountId">Null while the phase is ahead.</param>
    /// <param name="CertificateId">Earned by passing the phase.</param>
    public sealed record Phase(
        int Index, string Name, PhaseState State, Guid? AccountId, long? AccountNumber, TradingAccountStatus? AccountStatus, Money? Balance,
        DateTimeOffset? OpenedAt, DateTimeOffset? EndedAt, Guid? CertificateId);

    /// <param name="Size">As it is now: what was bought, or what the funded account has grown to.</param>
    public sealed record Row(
        Guid Id, Guid UserId, Guid OrderId, string ModelName, Money Size, Guid VersionId, int VersionNumber, string ModelHash, ModelDefinition Definition,
        ChallengeStatus Status, NextStep Next, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? EndReason, IReadOnlyList<Phase> Phases)
    {
        /// <summary>The account to look at: the one being traded, else the last one there was.</summary>
        public Phase? Account => Phases.LastOrDefault(phase => phase.AccountId is not null);
    }

    public Task<IReadOnlyList<Row>> Of(Guid userId, CancellationToken ct) => Read(db.Set<Challenge>().AsNoTracking().Where(row => row.UserId == userId), ct);

    internal async Task<IReadOnlyList<Row>> Read(IQueryable<Challenge> challenges, CancellationToken ct)
    {
        var found = await (
            from challenge in challenges
            join version in db.Set<ModelVersion>().AsNoTracking() on challenge.ModelVersionId equals version.Id
            orderby challenge.StartedAt descending, challenge.Id descending
            select new { challenge, version }).ToListAsync(ct);
        var ids = found.Select(row => row.challenge.Id).ToList();
        var phases = (await db.Set<ChallengePhase>().AsNoTracking().Where(row => ids.Contains(row.ChallengeId)).ToListAsync(ct)).ToLookup(row => row.ChallengeId);
        var accounts = await db.Set<TradingAccount>().AsNoTracking().Where(row => ids.Contains(row.ChallengeId))
            .Select(row => new Account(row.Id, row.Number, row.Status, row.Balance, row.ScaledSize)).ToDictionaryAsync(row => row.Id, ct);
        var certificates = (await db.Set<Certificate>().AsNoTracking().Where(row => ids.Contains(row.ChallengeId)).ToListAsync(ct)).ToDictionary(row => (row.ChallengeId, row.PhaseIndex), row => row.Id);

        return [.. found.Select(row =>
        {
            var (challenge, model) = (row.challenge, row.version.Definition);
            var opened = phases[challenge.Id].ToDictionary(phase => phase.PhaseIndex);
            var grown = opened.Values.Max(phase => accounts.GetValueOrDefault(phase.Id)?.ScaledSize);
            return new Row(
                challenge.Id, challenge.UserId, challenge.OrderId, model.Name, new Money(grown ?? challenge.Size, model.Currency), row.version.Id, row.version.Number, row.version.Hash, model,
                challenge.Status, NextOf(challenge.Status), challenge.StartedAt, challenge.EndedAt, challenge.EndReason,
                [.. Enumerable.Range(0, model.FundedIndex + 1).Select(i => PhaseOf(
                    i, model, opened.GetValueOrDefault(i), opened.TryGetValue(i, out var phase) ? accounts.GetValueOrDefault(phase.Id) : null,
                    certificates.TryGetValue((challenge.Id, i), out var certificate) ? certificate : null))]);
        })];
    }

    private static Phase PhaseOf(int index, ModelDefinition model, ChallengePhase? opened, Account? account, Guid? certificate) => new(
        index, model.PhaseAt(index).Name, StateOf(opened), opened?.Id, account?.Number, account?.Status,
        account is null ? null : Money.Rounded(account.Balance, model.Currency, MidpointRounding.ToZero), opened?.OpenedAt, opened?.EndedAt, certificate);

    private static PhaseState StateOf(ChallengePhase? opened) => opened?.Outcome switch
    {
        null => PhaseState.Ahead,
        PhaseOutcome.Running => PhaseState.Current,
        PhaseOutcome.Passed => PhaseState.Done,
        PhaseOutcome.Failed => PhaseState.Failed,
        PhaseOutcome.Expired => PhaseState.Expired,
        _ => throw new InvalidOperationException("A phase without a known outcome."),
    };

    private static NextStep NextOf(ChallengeStatus status) => status switch
    {
        ChallengeStatus.Evaluation or ChallengeStatus.Funded => NextStep.Trade,
        ChallengeStatus.PendingKyc => NextStep.ProveIdentity,
        ChallengeStatus.PendingContract => NextStep.SignContract,
        ChallengeStatus.Failed or ChallengeStatus.Expired => NextStep.None,
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    private sealed record Account(Guid Id, long Number, TradingAccountStatus Status, decimal Balance, decimal? ScaledSize);
}
