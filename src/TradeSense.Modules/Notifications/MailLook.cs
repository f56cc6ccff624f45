using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Notifications;

/// <summary>What an e-mail needs of a brand's look: colours as #RRGGBB, corners in pixels, the logo as it stands on the primary colour.</summary>
/// <param name="Logo">A PNG; null for a theme without one, whose mails show the name alone.</param>
/// <param name="Site">Where links lead: the brand's own host, whatever address a request came by.</param>
public sealed record MailLook(
    string Primary, string OnPrimary, string Background, string Surface, string Border, string Heading, string Text, string TextMuted, string Radius, byte[]? Logo, Uri Site);

/// <summary>Finds a brand's look. Themes are the web's, so it says how.</summary>
public sealed record MailLooks(Func<Tenant, MailLook> Of);
