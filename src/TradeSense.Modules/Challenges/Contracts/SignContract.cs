using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Challenges.Progress;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Challenges.Contracts;

/// <summary>The trader signs by typing the name; the text, its hash, the time and the address are kept, and the funded account opens.</summary>
public sealed class SignContract(TradeSenseDb db, ContractToSign contracts, ChallengeProgress progress, AuditTrail audit, CurrentActor actor, TimeProvider clock)
{
    /// <param name="TextHash">Of the text the trader had on the screen.</param>
    public sealed record Request(Guid ChallengeId, Guid UserId, string SignedName, bool Agree, string TextHash);

    public async Task<Result> Run(Request request, CancellationToken ct)
    {
        // A second click waits for the first and finds the contract signed.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"contract:" + request.ChallengeId}, 0))", ct);
        var view = await contracts.Read(request.ChallengeId, request.UserId, ct);
        if (view is null) return ChallengeRefusal.NoContractDue;
        if (view.Signed is not null) return Result.Ok;
        if (view.TextHash != request.TextHash) return ChallengeRefusal.ContractChanged;
        if (!string.Equals(request.SignedName.Trim(), view.NameToType, StringComparison.OrdinalIgnoreCase)) return ChallengeRefusal.NameDiffers.With(view.NameToType);
        if (!request.Agree) return ChallengeRefusal.NotAgreed;

        var now = clock.GetUtcNow();
        db.Add(new Contract
        {
            Id = Guid.CreateVersion7(now), ChallengeId = request.ChallengeId, UserId = request.UserId, Text = view.Text, TextHash = view.TextHash,
            ModelHash = view.ModelHash, SignedName = request.SignedName.Trim(), SignedAt = now, Address = actor.Address,
        });
        await progress.ContractSigned(request.ChallengeId, ct);
        await audit.Record("contract.signed", $"challenge:{request.ChallengeId}", new { view.TextHash, view.ModelHash }, ct);
        return Result.Ok;
    }
}
