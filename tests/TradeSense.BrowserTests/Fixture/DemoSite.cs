using TradeSense.Tests.Fixture;

namespace TradeSense.BrowserTests.Fixture;

/// <summary>The application as a new installation shows it: the brands of <c>tenants.example.json</c>, on real sockets. Tests that move time make their own site.</summary>
public sealed class DemoSite : IAsyncLifetime
{
    public static readonly string[] Brands = ["meridian", "lumen", "harbour"];
    private Site? _site;

    public Site Site => _site ?? throw new InvalidOperationException("The site was not started.");

    /// <summary>A demo site of the test's own at that time. Dispose it.</summary>
    public static Task<Site> At(TimeProvider clock) =>
        Site.OnSockets(clock, builder => builder.UseSetting("TRADESENSE_TENANTS", Path.Combine(Repository.Root, "tenants.example.json")).UseSetting("TRADESENSE_ANNOUNCE", "off")
            .UseSetting("Trading:RunFeed", "true").UseSetting("TRADESENSE_FEED_HISTORY_DAYS", "5"));

    public async ValueTask InitializeAsync() => _site = await At(TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        if (_site is not null) await _site.DisposeAsync();
    }
}
