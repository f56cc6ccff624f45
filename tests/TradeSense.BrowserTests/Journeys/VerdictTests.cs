using Microsoft.Playwright;
using TradeSense.BrowserTests.Fixture;
using TradeSense.Modules.Identity;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Kyc;

namespace TradeSense.BrowserTests.Journeys;

/// <summary>How an account ends: on the quote that crossed a floor, or with money in the bank.</summary>
public sealed class VerdictTests(Chromium chromium, StillSite still)
{
    private const string Coin = "ETHUSD";
    private const decimal Start = 3_000m;

    [Fact]
    public async Task A_breach_ends_the_account_on_its_quote_and_the_receipt_shows_why()
    {
        await using var firm = await still.Firm();
        await using var visit = await chromium.Visit(await firm.Trader(), Screen.Desktop, "dark");
        var account = await visit.Buy("sprint");
        await still.Price(Coin, Start);
        await visit.Go($"/trader/terminal/{account}?symbol=ETHUSD");
        await visit.Send("1");
        await visit.Sees("[data-position]", "ETHUSD");

        // 10,000 with a daily limit of 5 %: the floor is 9,500, one lot of one coin reaches it 500 lower.
        await still.Price(Coin, Start - 500.01m);

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
        await Earn(visit, evaluation, 900m);
        await visit.Sees("#account-bar", "Passed");
        await Until(visit, $"/trader/accounts/{evaluation}", ".verdict", "prove your identity");
        await visit.LooksRight("account-passed");

        await HandIn(visit);
        await Approve(office, "/firm/kyc");
        await Sign(visit, trader);

        await Until(visit, "/trader", "main", "Funded");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Objectives" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/trader/accounts/**");
        var funded = Guid.Parse(new Uri(visit.Page.Url).Segments[^1]);
        Assert.NotEqual(evaluation, funded);
        await Earn(visit, funded, 500m);

        await Ask(visit);
        await Approve(office, "/firm/payouts");
        await visit.Page.ReloadAsync();
        await visit.Sees("#payout-steps", "reference", seconds: 30);
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Receipt" }).ClickAsync();
        await visit.Sees("main", "$400.00");
    }

    /// <summary>One lot up by this much. Coins cost no commission, so the profit is exact.</summary>
    private async Task Earn(Visit visit, Guid account, decimal profit)
    {
        await still.Price(Coin, Start);
        await visit.Go($"/trader/terminal/{account}?symbol=ETHUSD");
        await visit.Send("1");
        await visit.Sees("[data-position]", "ETHUSD");
        await still.Price(Coin, Start + profit);
        await visit.Sees("[data-position] .profit", "+$");
        await visit.CloseFirst();
        await still.Price(Coin, Start);
    }

    private static async Task HandIn(Visit visit)
    {
        await visit.Go("/trader/kyc");
        await visit.Page.SelectOptionAsync("[name='Form.Kind']", "Passport");
        await visit.Page.SetInputFilesAsync("[name='Form.Front']", new FilePayload { Name = "passport.png", MimeType = "image/png", Buffer = SampleDocument.Png() });
        await visit.Page.ClickAsync("#document-form button.btn-primary");
        await visit.Sees("#standing", "in review");
    }

    /// <summary>The firm's side, in a browser of its own: the waiting case is open, the decision asks once more.</summary>
    private static async Task Approve(Visit office, string queue)
    {
        await Until(office, queue, "main", "Approve");
        await office.Page.Locator("#approve-form button[commandfor='approve']").First.ClickAsync();
        await office.Page.RunAndWaitForResponseAsync(() => office.Page.Locator("#approve[open] button[type=submit]").ClickAsync(), response => response.Request.Method == "POST");
    }

    private static async Task Sign(Visit visit, TestPerson trader)
    {
        await Until(visit, "/trader", "main", "Sign the contract");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Sign the contract" }).First.ClickAsync();
        await visit.Page.FillAsync("[name='Form.SignedName']", trader.UserName);
        await visit.Page.CheckAsync("[name='Form.Agree'][type=checkbox]");
        await visit.Page.ClickAsync("#sign-form button.btn-primary");
        await visit.Sees("#signature", "Signed");
    }

    private static async Task Ask(Visit visit)
    {
        await Until(visit, "/trader/payouts", "main", "Request payout");
        await visit.Page.FillAsync("[name='Form.Holder']", "Anna Trader");
        await visit.Page.FillAsync("[name='Form.Destination']", "DE89 3704 0044 0532 0130 00");
        await visit.Page.ClickAsync("#payout-form button.btn-primary");
        await visit.Page.WaitForURLAsync("**/trader/payouts/*");
        await visit.Sees("#payout-steps", "$400.00");
    }

    /// <summary>What follows from a message between modules arrives a moment later: the page is opened again until it shows it.</summary>
    private static async Task Until(Visit visit, string path, string place, string words)
    {
        for (var tries = 0; tries < 40; tries++)
        {
            await visit.Go(path);
            if ((await visit.Page.Locator(place).AllInnerTextsAsync()).Any(text => text.Contains(words, StringComparison.Ordinal))) return;
            await Task.Delay(300, TestContext.Current.CancellationToken);
        }

        await visit.Sees(place, words, seconds: 1);
    }
}
