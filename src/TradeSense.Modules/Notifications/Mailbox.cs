using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Notifications;

/// <summary>The newest e-mails of the tenant, for the development mailbox.</summary>
public sealed class Mailbox(TradeSenseDb db)
{
    public sealed record Letter(Guid Id, string Recipient, string Subject, string TextBody, DateTimeOffset CreatedAt, DateTimeOffset? SentAt);

    public async Task<IReadOnlyList<Letter>> Newest(string? recipient, CancellationToken ct) => await db.Set<Mail>().AsNoTracking()
        .Where(mail => string.IsNullOrEmpty(recipient) || EF.Functions.ILike(mail.Recipient, $"%{recipient}%"))
        .OrderByDescending(mail => mail.CreatedAt).Take(50)
        .Select(mail => new Letter(mail.Id, mail.Recipient, mail.Subject, mail.TextBody, mail.CreatedAt, mail.SentAt)).ToListAsync(ct);
}
