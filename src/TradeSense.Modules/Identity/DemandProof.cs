namespace TradeSense.Modules.Identity;

/// <summary>
/// Before money moves, or a role or terms change, the person shows the password again, unless that or the sign-in was within the last minutes:
/// whoever only holds an open session gets no further. A form asks for it where <see cref="Stands"/> says no and sends it along.
/// </summary>
public sealed class DemandProof(FreshProof fresh, ProveAgain prove)
{
    public Task<bool> Stands(Guid sessionId, CancellationToken ct) => fresh.Stands(sessionId, ct);

    public async Task<Result> Run(Guid userId, Guid sessionId, string? password, CancellationToken ct)
    {
        if (await fresh.Stands(sessionId, ct)) return Result.Ok;
        return string.IsNullOrEmpty(password) ? IdentityRefusal.ProofNeeded : await prove.Run(userId, sessionId, password, ct);
    }
}
