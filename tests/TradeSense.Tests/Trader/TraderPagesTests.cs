using System.Net;
using TradeSense.Engine.Values;
using TradeSense.Modules.Identity;
using TradeSense.Tests.Challenges;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Payouts;

namespace TradeSense.Tests.Trader;

/// <summary>A trader's pages belong to that trader: for everyone else the account is not there, and without a session nothing is.</summary>
public sealed class TraderPagesTests(Site site)
{
    private static readonly string[] Pages =
    [
        "/trader/accounts/{0}", "/trader/accounts/{0}?handler=Csv", "/trader/accounts/{0}?handler=Live", "/trader/accounts/{0}/receipts/01900000-0000-7000-8000-000000000001",
        "/trader/terminal/{0}?symbol=BTCUSD", "/trader/terminal/{0}?handler=Live&symbol=BTCUSD", "/trader/terminal/{0}?handler=History",
        "/trader/terminal/{0}/calculator", "/trader/calendar?handler=Strip&account={0}", "/trader/terminal/{0}/order?symbol=BTCUSD", "/trader/terminal/{0}/positions/1",
    ];

    [Fact]
    public async Task Another_traders_account_is_as_absent_as_one_that_never_existed()
    {
        await using var firm = await TestFirm.Create(site);
        var (anna, boris) = (await firm.Trader("anna"), await firm.Trader("boris"));
        var account = await AccountOf(firm, anna);

        foreach (var page in Pages)
        {
            (await boris.Browser.Get(Address(page, account))).Is(HttpStatusCode.NotFound);
            (await anna.Browser.Get(Address(page, Guid.CreateVersion7()))).Is(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task An_account_of_another_brand_is_not_there_even_for_a_trader_of_both()
    {
        await using var firm = await TestFirm.Create(site);
        await using var other = await TestFirm.Create(site);
        var account = await AccountOf(firm, await firm.Trader("anna"));
        var namesake = await other.Trader("anna");

        foreach (var page in Pages) (await namesake.Browser.Get(Address(page, account))).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Orders_for_a_foreign_account_are_not_taken()
    {
        await using var firm = await TestFirm.Create(site);
        var (anna, boris) = (await firm.Trader("anna"), await firm.Trader("boris"));
        var (hers, his) = (await AccountOf(firm, anna), await AccountOf(firm, boris));

        var ticket = (await boris.Browser.Get($"/trader/terminal/{his}/order?symbol=BTCUSD")).Ok().Form("#ticket");
        var fields = ticket.Fields.Append(("Side", "Buy")).Select(field => KeyValuePair.Create(field.Item1, field.Item2));
        var answer = await boris.Browser.Send(HttpMethod.Post, new Uri(boris.Browser.Home, $"/trader/terminal/{hers}/order?symbol=BTCUSD"), new FormUrlEncodedContent(fields), null);

        answer.Is(HttpStatusCode.NotFound);
        Assert.Empty((await firm.Desk().View(new AccountId(hers), TestContext.Current.CancellationToken))!.Positions);
    }

    [Theory]
    [InlineData("/trader")]
    [InlineData("/trader/terminal")]
    [InlineData("/trader/notifications")]
    [InlineData("/trader/profile")]
    [InlineData("/trader/alerts")]
    [InlineData("/trader/calendar")]
    public async Task Visitors_are_led_to_the_sign_in_and_staff_have_no_trading_desk(string page)
    {
        await using var firm = await TestFirm.Create(site);

        var visitor = await firm.Client().Get(page);
        var support = await (await firm.Staff(Role.Support)).Browser.Get(page);

        Assert.Contains("/account/sign-in", visitor.Ok().Address.AbsolutePath, StringComparison.Ordinal);
        Assert.True(support.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, support.Status.ToString());
    }

    [Fact]
    public async Task The_account_page_says_the_room_the_rules_and_what_is_still_to_be_reached()
    {
        await using var firm = await TestFirm.Create(site);
        var anna = await firm.Trader("anna");
        var account = await AccountOf(firm, anna);

        var page = (await anna.Browser.Get($"/trader/accounts/{account}")).Ok();

        Assert.Contains("Room today", page.TextOf("#objectives"), StringComparison.Ordinal);
        Assert.Contains("Profit target", page.TextOf("#objectives"), StringComparison.Ordinal);
        Assert.Contains("breaks at", page.TextOf("#objectives"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_account_page_keeps_gives_way_to_what_was_written_since()
    {
        await using var firm = await TestFirm.Create(site);
        var anna = await firm.Trader("anna");
        var account = await AccountOf(firm, anna);
        async Task<string> Trades() => (await anna.Browser.Get($"/trader/accounts/{account}")).Ok().TextOf("#account-trades");
        string[] before = [await Trades(), await Trades()];

        await firm.Earn(account, 100m);

        Assert.All(before, text => Assert.Contains("No trades here", text, StringComparison.Ordinal));
        Assert.Contains("1 trade,", await Trades(), StringComparison.Ordinal);
        Assert.Contains("No trades here", (await anna.Browser.Get($"/trader/accounts/{account}?result=lost")).Ok().TextOf("#account-trades"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_answer_of_a_kept_page_has_a_nonce_and_form_tokens_of_its_own()
    {
        await using var firm = await TestFirm.Create(site);
        var anna = await firm.Trader("anna");
        var account = await AccountOf(firm, anna);

        var pages = new List<Page>();
        for (var i = 0; i < 3; i++) pages.Add((await anna.Browser.Get($"/trader/accounts/{account}")).Ok());

        var nonces = pages.Select(page => page.All("script[nonce]")[0].GetAttribute("nonce")!).ToList();
        var tokens = pages.Select(page => page.All("input[name=__RequestVerificationToken]").Select(field => field.GetAttribute("value")!).Distinct().Single()).ToList();
        Assert.Equal((3, 3), (nonces.Distinct().Count(), tokens.Distinct().Count()));
        foreach (var (page, i) in pages.Select((page, i) => (page, i)))
        {
            Assert.Contains($"'nonce-{nonces[i]}'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.All(page.All("[nonce]"), element => Assert.Equal(nonces[i], element.GetAttribute("nonce")));
            Assert.All(page.All("[hx-nonce]"), element => Assert.Equal(nonces[i], element.GetAttribute("hx-nonce")));
            Assert.Contains(tokens[i], page.One("body").GetAttribute("hx-headers:inherited"), StringComparison.Ordinal);
            Assert.All(pages.Where(other => other != page), other => Assert.False(other.Source.Contains(nonces[i], StringComparison.Ordinal) || other.Source.Contains(tokens[i], StringComparison.Ordinal)));
        }

        var light = (await pages[2].Form("[data-scheme-switch]").Submit(button: "to")).Ok();
        Assert.NotEqual(pages[2].One("html").GetAttribute("data-bs-theme"), light.One("html").GetAttribute("data-bs-theme"));
    }

    [Fact]
    public async Task A_kept_page_is_shown_to_nobody_but_whom_it_was_made_for()
    {
        await using var firm = await TestFirm.Create(site);
        await using var other = await TestFirm.Create(site);
        var (anna, boris, namesake) = (await firm.Trader("anna"), await firm.Trader("boris"), await other.Trader("anna"));
        var (hers, his) = (await AccountOf(firm, anna), await AccountOf(firm, boris));
        for (var i = 0; i < 2; i++) Assert.Contains("anna", (await anna.Browser.Get($"/trader/accounts/{hers}")).Ok().TextOf(".menu__head"), StringComparison.Ordinal);

        Assert.Contains("boris", (await boris.Browser.Get($"/trader/accounts/{his}")).Ok().TextOf(".menu__head"), StringComparison.Ordinal);
        (await boris.Browser.Get($"/trader/accounts/{hers}")).Is(HttpStatusCode.NotFound);
        (await namesake.Browser.Get($"/trader/accounts/{hers}")).Is(HttpStatusCode.NotFound);
        Assert.Contains("/account/sign-in", (await firm.Client().Get($"/trader/accounts/{hers}")).Ok().Address.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_at_the_same_moment_is_each_shown_his_own()
    {
        await using var firm = await TestFirm.Create(site);
        var (anna, boris) = (await firm.Trader("anna"), await firm.Trader("boris"));
        var (hers, his) = (await AccountOf(firm, anna), await AccountOf(firm, boris));

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).SelectMany(_ => new[] { anna.Browser.Get($"/trader/accounts/{hers}"), boris.Browser.Get($"/trader/accounts/{hers}"), boris.Browser.Get($"/trader/accounts/{his}") }));

        Assert.Equal((10, 5), (answers.Count(page => page.Status is HttpStatusCode.OK), answers.Count(page => page.Status is HttpStatusCode.NotFound)));
        foreach (var (page, i) in answers.Select((page, i) => (page, i)).Where(answer => answer.i % 3 != 1))
            Assert.Contains(i % 3 == 0 ? "anna" : "boris", page.TextOf(".menu__head"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_without_a_side_is_refused_and_keeps_what_was_typed()
    {
        await using var firm = await TestFirm.Create(site);
        var anna = await firm.Trader("anna");
        var account = await AccountOf(firm, anna);

        var page = await (await anna.Browser.Get($"/trader/terminal/{account}/order?symbol=BTCUSD")).Ok().Form("#ticket").Submit(new { Lots = "0.25" });

        Assert.Contains("Choose buy or sell", page.Is(HttpStatusCode.UnprocessableEntity).TextOf("#ticket"), StringComparison.Ordinal);
    }

    private static string Address(string page, Guid account) => page.Replace("{0}", account.ToString(), StringComparison.Ordinal);

    /// <summary>A running account, known to the engine.</summary>
    private static async Task<Guid> AccountOf(TestFirm firm, TestPerson trader)
    {
        var version = await firm.Sell(SampleModel.Make("Model of " + trader.UserName));
        var challenge = await firm.Challenge(trader, await firm.Buy(trader, version));
        var account = challenge.Account!.AccountId!.Value;
        await firm.Balance(account);
        return account;
    }
}
