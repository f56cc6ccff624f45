using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes.Archive;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Tests.Challenges;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Analytics;

public sealed class OtherPlanRunnerTests
{
    /// <summary>So wide that the sample plan's limits are the ones crossed.</summary>
    private static readonly Engine.Accounts.AccountTerms Wide = TestDesk.Terms with
    {
        DailyLoss = new DailyLossRule(new Allowance(new Percent(60), null)),
        OverallLoss = new OverallLossRule(new Allowance(new Percent(70), null)),
    };

    [Fact]
    public async Task An_answer_is_worked_out_again_when_quotes_moved_on_and_one_that_breaks_off_ends_and_can_be_tried_again()
    {
        var clock = new FakeClock(TestDesk.Start.AddMinutes(1));
        await using var own = await Site.At(clock);
        await using var desk = await TestDesk.Open(own);
        var trader = await desk.Firm.Trader();
        var plan = $"[aria-labelledby='plan-{(await desk.Firm.Sell()).Id}'] form";
        var account = await desk.Account(Wide, trader.Id);
        var page = $"/trader/accounts/{account}/other-plans";
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "a1", lots: "5");
        await desk.Price("EURUSD", "1.09900", "1.09910");
        await desk.Tick();
        await Archive(own, desk);
        async Task Ask() => (await (await trader.Browser.Get(page)).Ok().Form(plan).Submit(new { })).Ok();

        await Ask();
        Assert.Contains("Alive at", await Eventually(desk.Firm, trader, page, "Alive at"), StringComparison.Ordinal);
        Assert.DoesNotContain("up to now", (await trader.Browser.Get(page)).Ok().Text, StringComparison.Ordinal);

        // Nothing happens to the account, but a quote comes that another plan would not have borne.
        clock.Advance(TimeSpan.FromMinutes(4));
        desk.Clock.Advance(TimeSpan.FromMinutes(2));
        await desk.Price("EURUSD", "1.06000", "1.06010");
        await desk.Tick();
        await Archive(own, desk);
        Assert.Contains("up to now", (await trader.Browser.Get(page)).Ok().Text, StringComparison.Ordinal);
        await Ask();
        var dead = await Eventually(desk.Firm, trader, page, "Dead at");
        Assert.Contains("EURUSD 1.06", dead, StringComparison.Ordinal);

        // The archive cannot be read: the run ends instead of being begun for ever, and says so.
        clock.Advance(TimeSpan.FromMinutes(2));
        await AsOwner(own, "update quote_minutes set payload = '\\x00' || payload");
        await Ask();
        Assert.Contains("Try again", await Eventually(desk.Firm, trader, page, "could not be worked out"), StringComparison.Ordinal);
        Assert.Equal(("Failed", 3), await Run(own, account));
        await AsOwner(own, "update quote_minutes set payload = substring(payload from 2)");
        await Ask();
        await Eventually(desk.Firm, trader, page, "Dead at");
        Assert.Equal(("Done", 1), await Run(own, account));
        (await (await desk.Firm.Trader()).Browser.Get(page)).Is(System.Net.HttpStatusCode.NotFound);
    }

    private static async Task<(string, int)> Run(Site site, AccountId account)
    {
        var run = Assert.Single(await site.Audit("select status, attempts from other_plan_runs where account_id = $1", account.Value));
        return ((string)run[0]!, (int)run[1]!);
    }

    private static async Task Archive(Site site, TestDesk desk)
    {
        var minutes = desk.Quotes.GroupBy(quote => BarPeriod.M1.OpenOf(quote.At)).Select(minute => new QuoteMinute("EURUSD", minute.Key, [.. minute])).ToList();
        await site.Services.GetRequiredService<QuoteArchive>().Write(new ArchiveBatch(minutes, [], [desk.Quotes[^1]]), TestContext.Current.CancellationToken);
    }

    private static async Task<string> Eventually(TestFirm firm, TestPerson trader, string path, string words)
    {
        var text = "";
        for (var tries = 0; tries < 300; tries++)
        {
            await firm.DrainOutbox();
            if ((text = (await trader.Browser.Get(path)).Ok().TextOf("#plans")).Contains(words, StringComparison.Ordinal)) return text;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"It never said “{words}”, but: {text}");
        return text;
    }

    private static async Task AsOwner(Site site, string sql)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(site.Database.Options.Owner);
        await using var command = source.CreateCommand(sql);
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }
}
