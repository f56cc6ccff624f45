using Microsoft.Playwright;
using TradeSense.BrowserTests.Fixture;
using TradeSense.Modules.Identity;
using TradeSense.Tests.Fixture;

namespace TradeSense.BrowserTests.Journeys;

/// <summary>How an account ends: on the quote that crossed a floor, or with money in the bank.</summary>
public sealed class VerdictTests(Chromium chromium, StillSite still) : IClassFixture<StillSite>
{
    [Fact]
    public async Task A_breach_ends_the_account_on_its_quote_and_the_receipt_shows_why()
    {
        await using var firm = await still.Firm();
        await using var visit = await chromium.Visit(await firm.Trader(), Screen.Desktop, "dark");
        var account = await visit.Buy("sprint");
        await still.Price(VerdictSteps.Coin, VerdictSteps.Start);
        await visit.Go($"/trader/terminal/{account}?symbol=ETHUSD");
        await visit.Send("1");
        await visit.Sees("[data-position]", "ETHUSD");

        // 10,000 with a daily limit of 5 %: the floor is 9,500, one lot of one coin reaches it 500 lower.
        await still.Price(VerdictSteps.Coin, VerdictSteps.Start - 500.01m);

        await visit.Sees("#account-bar", "Failed");
        await visit.Go($"/trader/accounts/{account}");
        await visit.Sees(".verdict", "This account has ended: daily loss limit");
        await visit.LooksRight("account-failed");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "See the receipt" }).ClickAsync();
        await visit.Sees("#receipt", "$9,499.99");
        await visit.Sees("#receipt", "2,499.99");
        await visit.LooksRight("receipt");
    }

    [Fact]
    public async Task A_passed_phase_leads_over_identity_and_contract_to_money_paid_out()
    {
        await using var firm = await still.Firm();
        var trader = await firm.Trader();
        await using var visit = await chromium.Visit(trader, Screen.Desktop, "dark");
        await using var office = await chromium.Visit(await firm.Staff(Role.Owner));

        var evaluation = await visit.Buy("sprint");
        await visit.Earn(still.Price, evaluation, 900m);
        await visit.Sees("#account-bar", "Passed");
        await visit.Until($"/trader/accounts/{evaluation}", ".verdict", "prove your identity");
        await visit.LooksRight("account-passed");

        await visit.HandIn();
        await office.Approve("/firm/kyc");
        await visit.Sign(trader.UserName);

        await visit.Until("/trader", "main", "Funded");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Objectives" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/trader/accounts/**");
        var funded = Guid.Parse(new Uri(visit.Page.Url).Segments[^1]);
        Assert.NotEqual(evaluation, funded);
        await visit.Earn(still.Price, funded, 500m);

        await visit.Ask();
        await office.Approve("/firm/payouts");
        await visit.Page.ReloadAsync();
        await visit.Sees("#payout-steps", "reference", seconds: 30);
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Receipt" }).ClickAsync();
        await visit.Sees("main", "$400.00");
    }
}
