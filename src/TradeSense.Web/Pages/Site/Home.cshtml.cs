using TradeSense.Web.Pages.Shared;

namespace TradeSense.Web.Pages.Site;

public sealed class HomeModel : TradeSensePage
{
    public string Tagline => Tenant.Text("tagline", "Prove how you trade. Get paid for it.");
}
