using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Risk.Incidents;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Risk.Incidents;

/// <summary>What makes a verdict provisional is the time of the prices that decided, whatever it did to the account and whichever side of the rule they moved.</summary>
public sealed class ProvisionalVerdictTests
{
    private const string Words = "The prices were not the market's: your account goes on.";

    [Fact]
    public async Task A_verdict_after_the_incident_on_one_of_its_prices_is_provisional_and_its_receipt_says_so()
    {
        await using var scenes = await IncidentScenes.Open();
        await scenes.Price(60_000m, ago: TimeSpan.FromMinutes(3));
        await scenes.Buy("1.00");
        var wrong = await scenes.Price(50_000m, ago: TimeSpan.FromMinutes(1));
        await scenes.Desk.AdvanceTo(scenes.Now, TestContext.Current.CancellationToken);
        Assert.Equal("Failed", await scenes.Status());

        // The engine's time was further than the price's: the verdict fell after the window, as one at a day's start does.
        var page = await scenes.Declare(IncidentKind.WrongPrices, wrong.AddSeconds(-1), to: wrong.AddSeconds(1));

        Assert.Contains("A verdict rests on its prices", page.Ok().Text);
        var receipt = (Guid)(await scenes.Site.Audit("select receipt_id from incident_accounts where account_id = $1", scenes.Account)).Single()[0]!;
        Assert.Contains("Provisional", (await scenes.Trader.Browser.Get($"/trader/accounts/{scenes.Account}/receipts/{receipt}")).Ok().TextOf("#receipt-provisional"));
        await page.Form($"#propose-{await scenes.Touch()}").Submit(new { Words }, button: "Let the verdict stand");
        Assert.False((await scenes.Trader.Browser.Get($"/trader/accounts/{scenes.Account}/receipts/{receipt}")).Ok().Has("#receipt-provisional"));
    }

    [Fact]
    public async Task A_verdict_that_falls_once_the_incident_was_assessed_is_found_by_the_next_look()
    {
        await using var scenes = await IncidentScenes.Open();
        await scenes.Price(60_000m, ago: TimeSpan.FromMinutes(3));
        await scenes.Buy("1.00");
        var (wrong, end) = (await scenes.Price(55_500m, ago: TimeSpan.FromMinutes(2)), scenes.Now.AddSeconds(-40));
        await scenes.Declare(IncidentKind.WrongPrices, wrong.AddSeconds(-1), to: end);
        Assert.Empty(await scenes.Site.Audit("select 1 from incident_accounts where touch = 'Verdict'"));

        await scenes.Price(54_000m, ago: scenes.Now - end.AddSeconds(-1));
        await scenes.Desk.AdvanceTo(scenes.Now, TestContext.Current.CancellationToken);
        await scenes.Firm.Run<FollowIncidents, int>(follow => follow.Run(default));

        Assert.Equal("Verdict", (await scenes.Site.Audit("select touch from incident_accounts where account_id = $1", scenes.Account)).Single()[0]);
    }

    [Fact]
    public async Task A_pause_by_wrong_prices_is_provisional_and_two_people_let_the_account_go_on()
    {
        await using var scenes = await IncidentScenes.Open();
        await scenes.Under(TestDesk.Terms with { DailyLoss = new DailyLossRule(new Allowance(new Percent(5), null), Effect: BreachEffect.Pause) });
        await scenes.Price(60_000m, ago: TimeSpan.FromMinutes(3));
        await scenes.Buy("1.00");
        var wrong = await scenes.Price(53_000m, ago: TimeSpan.FromMinutes(1));
        await scenes.Desk.AdvanceTo(scenes.Now, TestContext.Current.CancellationToken);
        Assert.Equal("Paused", await scenes.Status());

        var page = await scenes.Declare(IncidentKind.WrongPrices, wrong.AddSeconds(-1), to: wrong.AddSeconds(1));
        var touch = await scenes.Touch();
        await page.Form($"#propose-{touch}").Submit(new { Amount = "100000.00", Words });
        await (await scenes.Risk.Browser.Get(page.Path)).Ok().Form($"#confirm-{touch}").Submit();
        await scenes.Firm.DrainOutbox();

        Assert.Equal("Active", await scenes.Status());
        Assert.Equal(["Resume", "Done", 100_000m], (await scenes.Site.Audit("select remedy, status, amount from incident_accounts where account_id = $1", scenes.Account)).Single());
        Assert.Equal(100_000m, (await scenes.Site.Audit("select balance from trading_accounts where id = $1", scenes.Account)).Single()[0]);
    }

    [Fact]
    public async Task A_floor_that_wrong_prices_raised_is_listed_with_what_the_room_lacks()
    {
        await using var scenes = await IncidentScenes.Open();
        await scenes.Under(TestDesk.Terms with { DailyLoss = null, OverallLoss = new OverallLossRule(new Allowance(new Percent(10), null), OverallMode.TrailingEquity) });
        await scenes.Price(60_000m, ago: TimeSpan.FromMinutes(4));
        await scenes.Buy("1.00");
        await scenes.Price(60_510m);
        var wrong = await Later(() => scenes.Price(66_010m));
        await Later(() => scenes.Price(60_010m));
        await scenes.Desk.AdvanceTo(scenes.Now, TestContext.Current.CancellationToken);

        var page = await scenes.Declare(IncidentKind.WrongPrices, wrong, to: wrong.AddMilliseconds(5));

        Assert.Contains("A floor was raised by its prices", page.Ok().Text);
        // Bought at 60,010: the peaks were 100,500 by a sound price and 106,000 by a wrong one, the floor 10,000 below.
        Assert.Equal(
            ["Floor", "Credit", "UnderReview", 96_000m, 90_500m, 5_500m],
            (await scenes.Site.Audit("select touch, remedy, status, wrong_floor, sound_floor, amount from incident_accounts where account_id = $1", scenes.Account)).Single());
    }

    [Fact]
    public async Task A_verdict_under_a_floor_that_wrong_prices_raised_is_provisional_on_sound_prices_too()
    {
        await using var scenes = await IncidentScenes.Open();
        await scenes.Under(TestDesk.Terms with { DailyLoss = null, OverallLoss = new OverallLossRule(new Allowance(new Percent(5), null), OverallMode.TrailingEquity) });
        await scenes.Price(60_000m, ago: TimeSpan.FromMinutes(4));
        await scenes.Buy("1.00");
        var wrong = await scenes.Price(66_010m, ago: TimeSpan.FromMinutes(2));
        await scenes.Price(60_010m, ago: TimeSpan.FromMinutes(1));
        await scenes.Desk.AdvanceTo(scenes.Now, TestContext.Current.CancellationToken);
        Assert.Equal("Failed", await scenes.Status());

        await scenes.Declare(IncidentKind.WrongPrices, wrong.AddSeconds(-1), to: wrong.AddSeconds(1));

        Assert.Equal(["Verdict", "Reinstate"], (await scenes.Site.Audit("select touch, remedy from incident_accounts where account_id = $1", scenes.Account)).Single());
    }

    /// <summary>Far enough from what was before for a window of milliseconds.</summary>
    private static async Task<DateTimeOffset> Later(Func<Task<DateTimeOffset>> price)
    {
        await Task.Delay(30, TestContext.Current.CancellationToken);
        return await price();
    }
}
