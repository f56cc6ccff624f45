using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Identity;

/// <summary>Sends the confirmation code again to somebody who has not confirmed yet.</summary>
public sealed class ResendCode(TradeSenseDb db, SendEmailCode sendCode)
{
    public async Task<Result> Run(Guid userId, CancellationToken ct)
    {
        var user = await db.Set<User>().SingleOrDefaultAsync(user => user.Id == userId, ct);
        return user is { EmailConfirmedAt: null } ? await sendCode.Run(user, EmailCode.ConfirmEmail, ct) : IdentityRefusal.CodeUsed;
    }
}
