using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Risk.Incidents;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Tests.Challenges;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Risk.Incidents;

/// <summary>From a verdict on wrong prices to the account that trades again, through the pages of staff and trader.</summary>
public sealed class IncidentTests(Site shared)
{
    private const string Words = "The prices were not the market's: your account goes on.";

    [Fact]
    public async Task A_verdict_that_rests_only_on_an_incident_is_provisional_and_two_people_reinstate_the_account()
    {
        await using var scenes = await IncidentScenes.Open();
        var at = await scenes.Crash();

        var page = await scenes.Declare(IncidentKind.WrongPrices, at.AddSeconds(-1));

        Assert.Contains("A verdict rests on its prices", page.Ok().Text);
        Assert.Contains("provisional", (await scenes.Trader.Browser.Get($"/trader/accounts/{scenes.Account}")).Ok().TextOf("#account-incidents"));
        var touch = await scenes.Touch();
        var proposed = await page.Form($"#propose-{touch}").Submit(new { Amount = "99990.00", Words });
        var alone = await proposed.Ok().Form($"#confirm-{touch}").Submit();
        Assert.Contains("second person", alone.Is(HttpStatusCode.UnprocessableEntity).Text);
        Assert.Equal("Failed", await scenes.Status());

        await (await scenes.Risk.Browser.Get(page.Path)).Ok().Form($"#confirm-{touch}").Submit();
        await scenes.Firm.DrainOutbox();

        Assert.Equal("Active", await scenes.Status());
        Assert.Equal(ChallengeStatus.Evaluation, (await scenes.Firm.ChallengeAt(scenes.Trader, scenes.Challenge, ChallengeStatus.Evaluation)).Status);
        Assert.Equal(99_990m, (await scenes.Site.Audit("select balance from trading_accounts where id = $1", scenes.Account)).Single()[0]);
        var mine = (await scenes.Trader.Browser.Get($"/trader/accounts/{scenes.Account}")).Ok().TextOf("#account-incidents");
        Assert.Contains("reinstated", mine);
        Assert.Contains(Words, mine);
        // The engine's clock may be a moment ahead of the price that decided.
        Assert.Single(await scenes.Site.Audit("select 1 from clock_pauses p join breaches b on b.account_id = p.account_id and b.at = p.started_at where p.account_id = $1", scenes.Account));
        Assert.Equal(
            ["incident.declared", "incident.assessed", "incident.remedy_proposed", "incident.remedy_confirmed", "incident.remedied"],
            (await scenes.Site.Audit("select action from audit_entries where tenant_id = $1 and action like 'incident.%' order by sequence", scenes.Firm.Tenant.Id)).Select(row => row[0]));
    }

    [Fact]
    public async Task A_verdict_that_the_last_sound_prices_bring_about_too_is_not_provisional()
    {
        await using var scenes = await IncidentScenes.Open();
        await scenes.Price(60_000m, ago: TimeSpan.FromMinutes(3));
        await scenes.Buy("1.00");
        await scenes.Price(55_100m, ago: TimeSpan.FromMinutes(2));
        await scenes.Price(54_000m, ago: TimeSpan.FromMinutes(1));
        await scenes.Desk.AdvanceTo(scenes.Now, TestContext.Current.CancellationToken);
        Assert.Equal("Failed", await scenes.Status());

        // What went before the window decides already: it is the price that crossed the floor.
        var page = await scenes.Declare(IncidentKind.WrongPrices, scenes.Now.AddSeconds(-30));

        Assert.DoesNotContain("A verdict rests on its prices", page.Ok().Text);
    }

    [Fact]
    public async Task One_person_lets_a_verdict_stand_and_the_trader_reads_why()
    {
        await using var scenes = await IncidentScenes.Open();
        var page = await scenes.Declare(IncidentKind.Spike, (await scenes.Crash()).AddSeconds(-1));

        var silent = await page.Form($"#propose-{await scenes.Touch()}").Submit(new { Words = "no" }, button: "Let the verdict stand");
        Assert.Contains("20 to 1000", silent.Is(HttpStatusCode.UnprocessableEntity).Text);
        await page.Form($"#propose-{await scenes.Touch()}").Submit(new { Words = "Other venues had the same price at that moment." }, button: "Let the verdict stand");

        var mine = (await scenes.Trader.Browser.Get($"/trader/accounts/{scenes.Account}")).Ok().TextOf("#account-incidents");
        Assert.Contains("the verdict stands", mine);
        Assert.Contains("Other venues had the same price", mine);
        Assert.Contains("stands", await scenes.Firm.MailTo(scenes.Trader.Email));
        Assert.Equal("Failed", await scenes.Status());
    }

    [Fact]
    public async Task A_balance_the_engine_will_not_go_on_with_comes_back_for_another_proposal()
    {
        await using var scenes = await IncidentScenes.Open();
        var page = await scenes.Declare(IncidentKind.WrongPrices, (await scenes.Crash()).AddSeconds(-1));
        var touch = await scenes.Touch();
        await page.Form($"#propose-{touch}").Submit(new { Amount = "94000.00", Words });
        await (await scenes.Risk.Browser.Get(page.Path)).Ok().Form($"#confirm-{touch}").Submit();
        await scenes.Firm.DrainOutbox();

        var again = (await scenes.Owner.Browser.Get(page.Path)).Ok();
        Assert.Contains("would_breach", again.Text);
        Assert.Equal("Failed", await scenes.Status());
        await again.Form($"#propose-{touch}").Submit(new { Amount = "99990.00", Words });
        await (await scenes.Risk.Browser.Get(page.Path)).Ok().Form($"#confirm-{touch}").Submit();
        await scenes.Firm.DrainOutbox();

        Assert.Equal("Active", await scenes.Status());
    }

    [Fact]
    public async Task Where_credit_is_promised_two_people_credit_the_loss_of_the_trades_it_touched()
    {
        await using var scenes = await IncidentScenes.Open();
        await (await scenes.Owner.Browser.Get("/firm/incidents/promises")).Ok().Form("#promises-form").Submit(new Dictionary<string, string?> { ["Form[WrongPrices]"] = "Credit" });
        await scenes.Price(60_000m, ago: TimeSpan.FromMinutes(3));
        await scenes.Buy("0.10");
        var from = scenes.Now;
        await scenes.Price(59_000m);
        await scenes.CloseAll();

        var page = await scenes.Declare(IncidentKind.WrongPrices, from);
        var touch = await scenes.Touch();
        Assert.Contains("suggested", page.Ok().Text);
        await page.Form($"#propose-{touch}").Submit(new { Words = "The price you closed at was not the market's." });
        await (await scenes.Risk.Browser.Get(page.Path)).Ok().Form($"#confirm-{touch}").Submit();
        await scenes.Firm.DrainOutbox();

        Assert.Equal(100_000m, (await scenes.Site.Audit("select balance from trading_accounts where id = $1", scenes.Account)).Single()[0]);
        Assert.Contains("credited", (await scenes.Trader.Browser.Get($"/trader/accounts/{scenes.Account}")).Ok().TextOf("#account-incidents"));
        Assert.Single(await scenes.Site.Audit("select 1 from journal_entries where account_id = $1 and kind = 'account_credited'", scenes.Account));
    }

    [Fact]
    public async Task An_untouched_account_is_told_nothing_and_nobody_else_sees_the_incident()
    {
        await using var firm = await TestFirm.Create(shared);
        var (trader, owner, support) = (await firm.Trader(), await firm.Staff(Role.Owner), await firm.Staff(Role.Support));
        var account = (await firm.Challenge(trader, await BuyOne(firm, trader))).Account!.AccountId!.Value;

        var page = await (await owner.Browser.Get("/firm/incidents/declare")).Form("#declare-form").Submit(new
        {
            Kind = IncidentKind.Outage, Symbols = "eurusd, GBPUSD", From = "2026-01-05T10:00:00", To = "2026-01-05T10:30:00", Reason = "No prices came from the venue.",
        });

        Assert.Contains("No account was touched", page.Ok().Text);
        Assert.False((await trader.Browser.Get($"/trader/accounts/{account}")).Ok().Has("#account-incidents"));
        Assert.Equal(HttpStatusCode.Forbidden, (await support.Browser.Get(page.Path)).Status);
        await using var other = await TestFirm.Create(shared);
        Assert.Equal(HttpStatusCode.NotFound, (await (await other.Staff(Role.Owner)).Browser.Get(page.Path)).Status);
    }

    [Theory]
    [InlineData("NOPE", "2026-01-05T10:00:00", "2026-01-05T10:30:00", "A reason long enough.", "Form_Symbols-error")]
    [InlineData("EURUSD", "2026-01-05T10:30:00", "2026-01-05T10:00:00", "A reason long enough.", "Form_To-error")]
    [InlineData("EURUSD", "2026-01-05T10:00:00", "2099-01-05T10:30:00", "A reason long enough.", "Form_To-error")]
    [InlineData("EURUSD", "yesterday", "today", "A reason long enough.", "Form_To-error")]
    [InlineData("EURUSD", "2026-01-05T10:00:00", "2026-01-05T10:30:00", "short", "Form_Reason-error")]
    public async Task What_cannot_be_declared_is_refused_beside_its_field(string symbols, string from, string to, string reason, string error)
    {
        await using var firm = await TestFirm.Create(shared);
        var owner = await firm.Staff(Role.Owner);

        var page = await (await owner.Browser.Get("/firm/incidents/declare")).Form("#declare-form").Submit(new { Symbols = symbols, From = from, To = to, Reason = reason });

        Assert.NotEmpty(page.Is(HttpStatusCode.UnprocessableEntity).TextOf("#" + error));
        Assert.Empty(await shared.Audit("select 1 from incidents where tenant_id = $1", firm.Tenant.Id));
    }

    private static async Task<Guid> BuyOne(TestFirm firm, TestPerson trader)
    {
        var challenge = await firm.Buy(trader, await firm.Sell());
        await firm.DrainOutbox();
        return challenge;
    }
}
