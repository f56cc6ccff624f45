using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Notifications;

/// <summary>Tells one person something inside the product, and by e-mail when a mail text is given.</summary>
public sealed class NotifyUser(TradeSenseDb db, Mailer mailer, TimeProvider clock)
{
    /// <param name="Email">Null: told inside the product only.</param>
    /// <param name="Kind">noun.verb, for instance <c>phase.passed</c>.</param>
    /// <param name="Link">A path of the brand's site.</param>
    public sealed record Request(Guid UserId, string? Email, string Kind, string Title, string Body, string? Link);

    public async Task Run(Request request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.Add(new Notification
        {
            Id = Guid.CreateVersion7(now), UserId = request.UserId, Kind = request.Kind, Title = request.Title, Body = request.Body, Link = request.Link, CreatedAt = now,
        });
        if (request.Email is { } email) await mailer.Send(email, request.Title, new MailText(
            request.Body, null, "You are asked to sign in first.", request.Link ?? "/", request.Link is null ? "Open the site" : LabelOf(request.Kind)), ct);
    }

    /// <summary>What the button of the mail says, by what the news is about.</summary>
    private static string LabelOf(string kind) => kind.Split('.')[0] switch
    {
        "payout" => "See the payout",
        "payout_limit" => "See the payouts",
        "appeal" => "See the appeal",
        "kyc" => "See your documents",
        "incident" => "See the incident",
        "payment" => "See the order",
        "price_alert" => "Open the terminal",
        _ => "See the details",
    };
}

public sealed class Notification : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid UserId { get; init; }
    public required string Kind { get; init; }
    public required string Title { get; init; }
    public required string Body { get; init; }
    public string? Link { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ReadAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Notification>
    {
        public void Configure(EntityTypeBuilder<Notification> notification) => notification.ToTable("notifications").HasKey(row => new { row.TenantId, row.Id });
    }
}
