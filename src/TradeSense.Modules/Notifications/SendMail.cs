using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Notifications;

/// <summary>Where mail goes. Without a host it stays in the database, where the development mailbox shows it.</summary>
/// <param name="Port">587 with STARTTLS as a rule.</param>
public sealed record MailOptions(string? Host, int Port, string? User, string? Password, bool StartTls, string From)
{
    public static MailOptions Read(Func<string, string?> environment) => new(
        environment("TRADESENSE_SMTP_HOST") is { Length: > 0 } host ? host : null,
        int.TryParse(environment("TRADESENSE_SMTP_PORT"), out var port) ? port : 587,
        environment("TRADESENSE_SMTP_USER"), environment("TRADESENSE_SMTP_PASSWORD"), environment("TRADESENSE_SMTP_TLS") is not "off",
        environment("TRADESENSE_MAIL_FROM") ?? "no-reply@localhost");
}

/// <summary>Hands a stored e-mail to the SMTP server; a failure is tried again by the outbox.</summary>
public sealed class SendMail(TradeSenseDb db, CurrentTenant tenant, MailOptions options, MailLooks looks, TimeProvider clock) : IOutboxHandler
{
    public const string MessageKind = "mail.send";

    public string Kind => MessageKind;

    public async Task Handle(OutboxMessage message, CancellationToken ct)
    {
        var id = message.Read<Guid>();
        var mail = await db.Set<Mail>().SingleAsync(row => row.Id == id, ct);
        if (mail.SentAt is not null || options.Host is null) return;

        using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.StartTls, Timeout = 15_000 };
        if (options.User is not null) client.Credentials = new NetworkCredential(options.User, options.Password);
        using var letter = Letter(mail);
        await client.SendMailAsync(letter, ct);
        mail.SentAt = clock.GetUtcNow();
    }

    private MailMessage Letter(Mail mail)
    {
        var letter = new MailMessage
        {
            From = new MailAddress(options.From, tenant.Value.Name, Encoding.UTF8), Subject = mail.Subject, SubjectEncoding = Encoding.UTF8,
            Body = mail.TextBody, BodyEncoding = Encoding.UTF8,
        };
        letter.To.Add(mail.Recipient);
        var html = AlternateView.CreateAlternateViewFromString(mail.HtmlBody, Encoding.UTF8, MediaTypeNames.Text.Html);
        if (looks.Of(tenant.Value).Logo is { } logo) html.LinkedResources.Add(new LinkedResource(new MemoryStream(logo), MediaTypeNames.Image.Png) { ContentId = MailLetter.LogoId });
        letter.AlternateViews.Add(html);
        // The same id on a repeated try lets receivers drop the second copy.
        letter.Headers.Add("Message-ID", $"<{mail.Id}@{tenant.Value.Hosts[0]}>");
        return letter;
    }
}
