using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Notifications;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Identity;

/// <summary>Sends a fresh one-time code; at most one a minute for each purpose.</summary>
public sealed class SendEmailCode(TradeSenseDb db, Mailer mailer, CurrentTenant tenant, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public async Task<Result> Run(User user, string purpose, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await db.Set<EmailCode>().AnyAsync(code => code.UserId == user.Id && code.Purpose == purpose && code.UsedAt == null && code.CreatedAt > now - Pause, ct))
            return IdentityRefusal.CodeTooSoon;

        var (row, code) = EmailCode.Create(user.Id, purpose, now);
        db.Add(row);
        var (subject, sentence) = purpose is EmailCode.ConfirmEmail
            ? ($"{code} is your {tenant.Value.Name} code", "Enter this code to confirm your e-mail address:")
            : ($"{code} resets your {tenant.Value.Name} password", "Enter this code to choose a new password:");
        await mailer.Send(user.Email, subject, new MailText(sentence, code, "It works once, for 15 minutes. If you did not ask for it, ignore this e-mail."), ct);
        return Result.Ok;
    }
}
