using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Identity;

/// <summary>The code from the e-mail opens the account.</summary>
public sealed class ConfirmEmail(TradeSenseDb db, AuditTrail audit, TimeProvider clock)
{
    public async Task<Result<User>> Run(Guid userId, string code, CancellationToken ct)
    {
        var user = await db.Set<User>().SingleOrDefaultAsync(user => user.Id == userId, ct);
        var newest = await db.Set<EmailCode>().Where(row => row.UserId == userId && row.Purpose == EmailCode.ConfirmEmail)
            .OrderByDescending(row => row.CreatedAt).FirstOrDefaultAsync(ct);
        if (user is null || newest is null) return IdentityRefusal.CodeWrong;

        var used = newest.Use(code, clock.GetUtcNow());
        if (used.IsRefused) return used.Refusal;

        user.ConfirmEmail(clock.GetUtcNow());
        audit.Identify(user.Id, user.UserName);
        await audit.Record("email.confirmed", $"user:{user.Id}", null, ct);
        return user;
    }
}
