using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Notifications;

/// <summary>An e-mail's words: a sentence, one thing to act on (a code, or a link with its label), and what else to know.</summary>
public sealed record MailText(string Sentence, string? Code, string Note, string? Link = null, string? LinkLabel = null);

/// <summary>Writes e-mails in the brand's name and colours. They are stored with the change that sends them; the outbox hands them to the mail server.</summary>
public sealed class Mailer(TradeSenseDb db, Outbox outbox, CurrentTenant tenant, TimeProvider clock)
{
    public Task Send(string recipient, string subject, MailText text, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var now = clock.GetUtcNow();
        var mail = new Mail
        {
            Id = Guid.CreateVersion7(now), Recipient = recipient, Subject = subject, TextBody = Plain(text), HtmlBody = Html(text), CreatedAt = now,
        };
        db.Add(mail);
        outbox.Add(SendMail.MessageKind, mail.Id.ToString(), mail.Id);
        return Task.CompletedTask;
    }

    private string Plain(MailText text) => string.Join("\n\n", ((string?[])[text.Sentence, text.Code, text.Link, text.Note, $"— {tenant.Value.Name}"]).Where(part => part is not null));

    private string Html(MailText text)
    {
        static string E(string words) => WebUtility.HtmlEncode(words);
        var colour = tenant.Value.ThemeOverrides.GetValueOrDefault("primary", "#2b59c3");
        var act = text.Code is not null
            ? $"""<p style="font:700 28px monospace;letter-spacing:6px">{E(text.Code)}</p>"""
            : text.Link is not null
                ? $"""<p><a href="{E(text.Link)}" style="background:{E(colour)};color:#fff;padding:12px 20px;border-radius:6px;text-decoration:none">{E(text.LinkLabel ?? text.Link)}</a></p>"""
                : "";
        return $"""
            <!doctype html><html lang="en"><body style="font:16px/1.5 sans-serif;color:#1a1f2b;max-width:560px;margin:24px auto">
            <p style="font-weight:700;color:{E(colour)}">{E(tenant.Value.Name)}</p><p>{E(text.Sentence)}</p>{act}<p style="color:#5a6172">{E(text.Note)}</p></body></html>
            """;
    }
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
