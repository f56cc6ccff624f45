using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Tests.Fixture;

namespace TradeSense.BrowserTests.Fixture;

/// <summary>
/// A site whose prices move only when a test says so. Coins only: they trade on every day a test may run. Each class of tests has a site of its own, as a
/// class fixture: classes run beside each other, and a price of one would fill another's orders.
/// </summary>
public sealed class StillSite : IAsyncLifetime
{
    private Site? _site;

    public Site Site => _site ?? throw new InvalidOperationException("The site was not started.");

    /// <summary>A firm that sells one challenge: one phase, passed on its first day, paid out at once.</summary>
    public Task<TestFirm> Firm() => TestFirm.Create(Site, file => file["models"] = JsonNode.Parse("""
        [{
          "slug": "sprint", "name": "Sprint", "summary": "One phase, one day.",
          "dailyLoss": { "percent": "5", "anchor": "balance" }, "overallLoss": { "percent": "10" },
          "phases": [{ "name": "Evaluation", "profitTarget": "8", "minimumTradingDays": 1 }],
          "trading": { "leverage": 100 },
          "payout": { "firstAfterDays": 0, "cycleDays": 1, "minimum": "50", "split": "80" },
          "resetDiscount": "10",
          "sizes": [{ "balance": "10000", "price": "99" }]
        }]
        """));

    /// <summary>The desk hears this price; bid and ask are the same.</summary>
    public async Task Price(string symbol, decimal price) =>
        await Site.Services.GetRequiredService<TradingDesk>().Take(new Quote(TimeProvider.System.GetUtcNow(), symbol, new Price(price), new Price(price)), TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync() => _site = await Site.OnSockets(TimeProvider.System, builder => builder.UseSetting("TRADESENSE_ANNOUNCE", "off"));

    public async ValueTask DisposeAsync()
    {
        if (_site is not null) await _site.DisposeAsync();
    }
}
