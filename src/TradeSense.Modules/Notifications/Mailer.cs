using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Notifications;

/// <summary>An e-mail's words: a sentence, one thing to act on (a code, or a link with its label), and what else to know.</summary>
/// <param name="Link">A path of the brand's site; the mail holds the whole address.</param>
public sealed record MailText(string Sentence, string? Code, string Note, string? Link = null, string? LinkLabel = null);

/// <summary>Writes e-mails in the brand's name and look. They are stored with the change that sends them; the outbox hands them to the mail server.</summary>
public sealed class Mailer(TradeSenseDb db, Outbox outbox, CurrentTenant tenant, MailLooks looks, TimeProvider clock)
{
    public Task Send(string recipient, string subject, MailText text, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var (now, look) = (clock.GetUtcNow(), looks.Of(tenant.Value));
        var whole = text with { Link = text.Link is null ? null : new Uri(look.Site, text.Link).ToString() };
        var mail = new Mail
        {
            Id = Guid.CreateVersion7(now), Recipient = recipient, Subject = subject, TextBody = Plain(whole), HtmlBody = MailLetter.Html(look, tenant.Value.Name, whole), CreatedAt = now,
        };
        db.Add(mail);
        outbox.Add(SendMail.MessageKind, mail.Id.ToString(), mail.Id);
        return Task.CompletedTask;
    }

    private string Plain(MailText text) => string.Join("\n\n", ((string?[])[
        text.Sentence, text.Code, text.Link is null ? null : text.LinkLabel is null ? text.Link : $"{text.LinkLabel}: {text.Link}", text.Note, $"— {tenant.Value.Name}"]).Where(part => part is not null));
}

public sealed class Mail : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public required string Recipient { get; init; }
    public required string Subject { get; init; }
    public required string TextBody { get; init; }
    public required string HtmlBody { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SentAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Mail>
    {
        public void Configure(EntityTypeBuilder<Mail> mail) => mail.ToTable("mails").HasKey(row => new { row.TenantId, row.Id });
    }
}
