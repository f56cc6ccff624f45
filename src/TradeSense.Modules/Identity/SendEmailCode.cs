using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Notifications;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Identity;

/// <summary>Sends a fresh one-time code; for each purpose at most one a minute and five an hour, which also bounds how often a code can be guessed.</summary>
public sealed class SendEmailCode(TradeSenseDb db, Mailer mailer, CurrentTenant tenant, TimeProvider clock)
{
    private const int MostAnHour = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1), Hour = TimeSpan.FromHours(1);

    public async Task<Result> Run(User user, string purpose, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var lately = await db.Set<EmailCode>().Where(code => code.UserId == user.Id && code.Purpose == purpose && code.UsedAt == null && code.CreatedAt > now - Hour)
            .OrderBy(code => code.CreatedAt).Select(code => code.CreatedAt).ToListAsync(ct);
        if (lately.Exists(at => at > now - Pause)) return IdentityRefusal.CodeTooSoon;
        if (lately.Count >= MostAnHour) return IdentityRefusal.CodeTooOften.With(MostAnHour, (lately[^MostAnHour] + Hour).UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture));

        var (row, code) = EmailCode.Create(user.Id, purpose, now);
        db.Add(row);
        var (subject, sentence) = purpose is EmailCode.ConfirmEmail
            ? ($"{code} is your {tenant.Value.Name} code", "Enter this code to confirm your e-mail address:")
            : ($"{code} resets your {tenant.Value.Name} password", "Enter this code to choose a new password:");
        await mailer.Send(user.Email, subject, new MailText(sentence, code, "It works once, for 15 minutes. If you did not ask for it, ignore this e-mail."), ct);
        return Result.Ok;
    }
}
