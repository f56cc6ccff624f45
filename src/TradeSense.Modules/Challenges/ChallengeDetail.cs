using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Challenges.Contracts;
using TradeSense.Modules.Challenges.Rules;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Challenges;

/// <summary>One challenge with the rules of the phase it stands in, and its contract once signed.</summary>
public sealed class ChallengeDetail(TradeSenseDb db, ChallengeOverview overview)
{
    /// <param name="Rules">Of the phase under way, or of the funded account while it is waited for.</param>
    public sealed record Picture(ChallengeOverview.Row Challenge, IReadOnlyList<RuleText> Rules, ContractToSign.Signature? Contract);

    /// <param name="userId">The trader whose challenge it must be; null for the firm's staff.</param>
    public async Task<Picture?> Read(Guid challengeId, Guid? userId, CultureInfo culture, CancellationToken ct)
    {
        var rows = await overview.Read(db.Set<Challenge>().AsNoTracking().Where(row => row.Id == challengeId && (userId == null || row.UserId == userId)), ct);
        if (rows is not [var row]) return null;

        var phase = row.Phases.FirstOrDefault(phase => phase.State is PhaseState.Current)?.Index ?? row.Account?.Index ?? 0;
        if (row.Status is ChallengeStatus.PendingKyc or ChallengeStatus.PendingContract) phase = row.Definition.FundedIndex;
        var signed = await db.Set<Contract>().AsNoTracking().Where(contract => contract.ChallengeId == challengeId)
            .Select(contract => new ContractToSign.Signature(contract.SignedName, contract.SignedAt, contract.Address)).SingleOrDefaultAsync(ct);
        return new Picture(row, RuleBook.Describe(row.Definition, phase, row.Size.Amount, culture), signed);
    }
}
