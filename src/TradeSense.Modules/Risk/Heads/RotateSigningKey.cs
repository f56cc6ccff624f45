using TradeSense.Modules.Audit;
using TradeSense.Modules.Identity;

namespace TradeSense.Modules.Risk.Heads;

/// <summary>Gives the brand a new key to sign with: after a suspicion, or once in a while. The old ones stay published, each with the time in which it signed.</summary>
public sealed class RotateSigningKey(BrandSignature signature, NotifyStaff notifyStaff, AuditTrail audit)
{
    public async Task<SigningKey> Run(CancellationToken ct)
    {
        var key = await signature.Renew(ct);
        await notifyStaff.Run(new(
            Permission.ManageBrand, "signing_key.rotated", "Verdicts and daily heads are signed with a new key", $"Its fingerprint is {key.Fingerprint}. The keys before stay published for what they signed.", "/verify/heads"), ct);
        await audit.Record("signing_key.rotated", $"signing_key:{key.Id}", new { key.Fingerprint }, ct);
        return key;
    }
}
