using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Challenges.Progress;

/// <summary>Gives a challenge the account of one of its phases. A phase has one account, however often it is asked for.</summary>
public sealed class OpenPhase(TradeSenseDb db, OpenTradingAccount openAccount, TimeProvider clock)
{
    internal async Task Run(Challenge challenge, ModelDefinition model, int phaseIndex, CancellationToken ct)
    {
        if (await db.Set<ChallengePhase>().AnyAsync(row => row.ChallengeId == challenge.Id && row.PhaseIndex == phaseIndex, ct)) return;

        var now = clock.GetUtcNow();
        var phase = new ChallengePhase
        {
            Id = Guid.CreateVersion7(now), ChallengeId = challenge.Id, PhaseIndex = phaseIndex, Name = model.PhaseAt(phaseIndex).Name, OpenedAt = now,
        };
        db.Add(phase);
        var opened = await openAccount.Run(
            new(phase.Id, challenge.UserId, challenge.Id, phaseIndex, phase.Name, model.TermsOf(phaseIndex, challenge.Size)), ct);
        if (opened.IsRefused) throw new InvalidOperationException($"The account of phase {phaseIndex} of challenge {challenge.Id} was refused: {opened.Refusal.Code}.");
    }
}
