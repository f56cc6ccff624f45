using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Notifications;

/// <summary>The newest e-mails of the tenant, for the development mailbox.</summary>
public sealed class Mailbox(TradeSenseDb db, CurrentTenant tenant, MailLooks looks)
{
    public sealed record Letter(Guid Id, string Recipient, string Subject, string TextBody, DateTimeOffset CreatedAt, DateTimeOffset? SentAt);

    public async Task<IReadOnlyList<Letter>> Newest(string? recipient, CancellationToken ct) => await db.Set<Mail>().AsNoTracking()
        .Where(mail => string.IsNullOrEmpty(recipient) || EF.Functions.ILike(mail.Recipient, $"%{recipient}%"))
        .OrderByDescending(mail => mail.CreatedAt).Take(50)
        .Select(mail => new Letter(mail.Id, mail.Recipient, mail.Subject, mail.TextBody, mail.CreatedAt, mail.SentAt)).ToListAsync(ct);

    /// <summary>A letter as its recipient's mail program shows it, the logo laid in; null when there is none of this id.</summary>
    public async Task<string?> Html(Guid id, CancellationToken ct)
    {
        var html = await db.Set<Mail>().AsNoTracking().Where(mail => mail.Id == id).Select(mail => mail.HtmlBody).SingleOrDefaultAsync(ct);
        return html is not null && looks.Of(tenant.Value).Logo is { } logo
            ? html.Replace($"cid:{MailLetter.LogoId}", $"data:image/png;base64,{Convert.ToBase64String(logo)}", StringComparison.Ordinal)
            : html;
    }
}
