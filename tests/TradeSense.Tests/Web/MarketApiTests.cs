using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes.Archive;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Web;

/// <summary>A chart can tell what was quoted from what was made up.</summary>
public sealed class MarketApiTests(Site site)
{
    [Fact]
    public async Task Bars_from_before_the_first_quote_say_that_they_are_synthetic_and_later_ones_do_not()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var first = new DateTimeOffset(2031, 3, 4, 12, 0, 0, TimeSpan.Zero);
        var (builder, closed) = (new BarBuilder("NZDUSD", BarPeriod.M1), new List<Bar>());
        for (var i = 0; i < 180; i++) builder.Add(new Quote(first.AddSeconds(i), "NZDUSD", new Price(0.6m), new Price(0.6001m)), closed);
        await site.Services.GetRequiredService<QuoteArchive>().Write(new ArchiveBatch([], closed, []), TestContext.Current.CancellationToken);

        var answer = (await trader.Browser.Get($"/market/bars?symbol=NZDUSD&period=M1&count=20&before={first.AddMinutes(2):yyyy-MM-ddTHH:mm:ssZ}")).Ok().Source;

        using var json = JsonDocument.Parse(answer);
        var bars = json.RootElement.GetProperty("bars").EnumerateArray().Select(bar => (At: bar.GetProperty("timestamp").GetInt64(), IsMade: bar.TryGetProperty("synthetic", out var made) && made.GetBoolean())).ToList();
        Assert.Equal(20, bars.Count);
        Assert.All(bars, bar => Assert.Equal(bar.At < first.ToUnixTimeMilliseconds(), bar.IsMade));
        Assert.Contains(bars, bar => bar.IsMade);
        Assert.DoesNotContain("false", answer, StringComparison.Ordinal);
    }
}
