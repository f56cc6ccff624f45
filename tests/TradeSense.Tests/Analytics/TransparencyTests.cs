using TradeSense.Tests.Fixture;
using TradeSense.Tests.Risk;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Analytics;

public sealed class TransparencyTests(Site site)
{
    [Fact]
    public async Task A_brand_where_nothing_happened_says_so_and_one_with_little_gives_no_percentage()
    {
        await using var empty = await TestFirm.Create(site);
        Assert.Contains("Nothing has happened yet", (await empty.Client().Get("/transparency")).Ok().Text, StringComparison.Ordinal);

        await using var desk = await TestDesk.Open(site);
        await BreachedAccount.Receipt(site, desk);
        var page = (await desk.Firm.Client().Get("/transparency?days=0")).Ok();
        Assert.Contains("1 verdicts", page.TextOf("#verdicts"), StringComparison.Ordinal);
        Assert.Contains("Overall loss", page.TextOf("#verdicts"), StringComparison.Ordinal);
        Assert.Contains("too few to say", page.TextOf("#figures"), StringComparison.Ordinal);
        Assert.Contains("Nobody appealed", (await desk.Firm.Client().Get("/transparency?days=0&list=appeals")).Ok().Text, StringComparison.Ordinal);
        Assert.Contains("No payout in this period", (await desk.Firm.Client().Get("/transparency?days=0&list=payouts")).Ok().Text, StringComparison.Ordinal);
    }
}
