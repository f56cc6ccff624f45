using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Challenges.Contracts;

/// <summary>The contract of a trader's challenge: the text to sign, or the text that was signed.</summary>
public sealed class ContractToSign(TradeSenseDb db, CurrentTenant tenant)
{
    /// <param name="TextHash">SHA-256 of the text; the form sends it back, so that what was read is what is signed.</param>
    /// <param name="NameToType">What the trader must type.</param>
    /// <param name="Signed">Null until it is signed.</param>
    public sealed record View(
        Guid ChallengeId, string ModelName, Money Size, string Text, string TextHash, string ModelHash, string NameToType, bool IsDue, Signature? Signed);

    public sealed record Signature(string Name, DateTimeOffset At, string? Address);

    /// <summary>Null when the challenge is not this trader's, or no contract is due nor signed.</summary>
    public async Task<View?> Read(Guid challengeId, Guid userId, CancellationToken ct)
    {
        var found = await (
            from challenge in db.Set<Challenge>().AsNoTracking()
            where challenge.Id == challengeId && challenge.UserId == userId
            join version in db.Set<ModelVersion>().AsNoTracking() on challenge.ModelVersionId equals version.Id
            join user in db.Set<User>().AsNoTracking() on challenge.UserId equals user.Id
            select new { challenge, version, user.UserName, user.Email }).SingleOrDefaultAsync(ct);
        if (found is null) return null;

        var (model, hash) = (found.version.Definition, found.version.Hash);
        var size = new Money(found.challenge.Size, model.Currency);
        var signed = await db.Set<Contract>().AsNoTracking().SingleOrDefaultAsync(row => row.ChallengeId == challengeId, ct);
        if (signed is not null)
            return new View(challengeId, model.Name, size, signed.Text, signed.TextHash, hash, found.UserName, false, new Signature(signed.SignedName, signed.SignedAt, signed.Address));
        if (found.challenge.Status is not ChallengeStatus.PendingContract) return null;

        var parties = new ContractText.Parties(tenant.Value.Name, found.UserName, found.Email);
        var text = ContractText.Of(parties, model, hash, found.challenge.Size, challengeId, tenant.Value.CultureInfo);
        return new View(challengeId, model.Name, size, text, HashOf(text), hash, found.UserName, true, null);
    }

    internal static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
