using TradeSense.Modules.Analytics.Transparency;

namespace TradeSense.Web.Pages.Site;

/// <summary>The home page's few figures, from the same record as the transparency page; nothing at all while nothing has happened.</summary>
internal static class HomeProof
{
    private const int Days = 30;

    public static IServiceCollection AddHomeProof(this IServiceCollection services) => services.AddScoped<FindSiteProof>(provider => async ct =>
    {
        var figures = await provider.GetRequiredService<BrandRecord>().Read(Days, ct);
        return figures.IsEmpty ? null : new SiteProof(figures.Paid, figures.Payouts, figures.Median, figures.Ended, figures.Overturned, figures.AsOf);
    });
}
