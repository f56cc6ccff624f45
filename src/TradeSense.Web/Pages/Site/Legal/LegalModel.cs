using TradeSense.Web.Pages.Shared;

namespace TradeSense.Web.Pages.Site.Legal;

/// <summary>The facts about the firm that the legal pages name. The firm sets them with the texts <c>legalName</c>, <c>legalAddress</c>, <c>governingLaw</c>, <c>legalUpdated</c>.</summary>
public class LegalModel : TradeSensePage
{
    public string Firm => Tenant.Text("legalName", Tenant.Name);
    public string? Address => Tenant.Texts.GetValueOrDefault("legalAddress");
    public string? Mail => Tenant.Texts.GetValueOrDefault("supportEmail");
    public string Law => Tenant.Text("governingLaw", "the country in which the firm is registered");
    public string Updated => Tenant.Text("legalUpdated", "1 November 2026");
}
