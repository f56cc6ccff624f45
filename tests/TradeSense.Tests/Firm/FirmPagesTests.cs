using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Orders;
using TradeSense.Tests.Challenges;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Firm;

/// <summary>Overview, lists and details on accounts the engine opened, in a market that never closes.</summary>
public sealed class FirmPagesTests(Site site)
{
    [Fact]
    public async Task Every_figure_of_the_overview_is_the_size_of_the_list_it_leads_to()
    {
        await using var firm = await TestFirm.Create(site);
        var (owner, trader) = (await firm.Staff(Role.Owner), await firm.Trader());
        var challenge = await Bought(firm, trader);
        await Bought(firm, await firm.Trader());
        await Buy(firm, trader, challenge, "0.10");

        var page = (await owner.Browser.Get("/firm")).Ok();

        Assert.Contains("Running accounts 2", page.TextOf("#to-do"));
        Assert.Contains("BTCUSD", page.TextOf("#exposure"));
        Assert.Contains("0.10", page.TextOf("#exposure"));
        foreach (var link in page.All("#to-do a, #exposure a, #phases a").Select(link => link.GetAttribute("href")!).Distinct())
        {
            var list = (await owner.Browser.Get(link)).Ok();
            Assert.True(list.Path is "/firm/accounts" or "/firm/kyc" or "/firm/payouts" or "/firm/appeals", link);
        }

        Assert.Single((await owner.Browser.Get("/firm/accounts?symbol=BTCUSD")).Ok().All("#account-table tbody tr"));
        Assert.Equal(2, (await owner.Browser.Get("/firm/accounts?state=running")).Ok().All("#account-table tbody tr").Count);
    }

    [Fact]
    public async Task An_account_is_found_by_its_number_and_shown_with_its_journal()
    {
        await using var firm = await TestFirm.Create(site);
        var (risk, trader) = (await firm.Staff(Role.Risk), await firm.Trader());
        var challenge = await Bought(firm, trader);
        await Bought(firm, await firm.Trader());
        await Buy(firm, trader, challenge, "0.10");
        var number = challenge.Account!.AccountNumber!.Value;

        var list = await (await risk.Browser.Get("/firm/accounts")).Ok().Form("form[role=search]").Submit(new { search = $"#{number}" });
        var account = (await list.Ok().Follow(number.ToString(System.Globalization.CultureInfo.InvariantCulture))).Ok();

        Assert.Contains($"Account {number}", account.TextOf("h1"));
        Assert.Contains("BTCUSD", account.TextOf("#positions"));
        Assert.Contains("Position opened", account.TextOf("#journal"));
        Assert.Matches("[0-9a-f]{64}", account.TextOf("#journal p.hash"));
        var opened = await account.Form("#journal form").Submit(new { kind = "account_opened" });
        Assert.Single(opened.Ok().All(".journal__event"));
    }

    [Fact]
    public async Task Traders_are_searched_filtered_and_exported_without_formulas()
    {
        await using var firm = await TestFirm.Create(site);
        var (owner, buyer, other) = (await firm.Staff(Role.Owner), await firm.Trader("-2_3"), await firm.Trader("walter"));
        await Bought(firm, buyer);

        var found = await (await owner.Browser.Get("/firm/traders")).Ok().Form("form[role=search]").Submit(new { search = "WALT" });
        Assert.Equal([other.UserName], found.Ok().All("tbody .row-link").Select(link => link.TextContent));
        var buyers = (await owner.Browser.Get("/firm/traders?standing=Buyer")).Ok();
        Assert.Equal([buyer.UserName], buyers.All("tbody .row-link").Select(link => link.TextContent));
        Assert.Empty((await owner.Browser.Get("/firm/traders?search=%25")).Ok().All("tbody .row-link"));

        var csv = (await owner.Browser.Get("/firm/traders?handler=Csv")).Ok().Source;
        Assert.Contains("\r\n'-2_3,", csv);
        Assert.Contains("traders.exported", (await owner.Browser.Get("/firm/audit?search=traders.exported")).Ok().TextOf("table"));
    }

    [Fact]
    public async Task An_account_and_a_trader_of_another_firm_do_not_exist_here()
    {
        await using var firm = await TestFirm.Create(site);
        await using var other = await TestFirm.Create(site);
        var (stranger, trader) = (await other.Staff(Role.Owner), await firm.Trader());
        var challenge = await Bought(firm, trader);

        foreach (var path in (string[])[$"/firm/accounts/{challenge.Account!.AccountId}", $"/firm/accounts/{challenge.Account.AccountId}?handler=Trades", $"/firm/traders/{trader.Id}", $"/firm/accounts/{Guid.CreateVersion7()}"])
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.Get(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.Get($"/firm/traders/{stranger.Id}")).Status);
    }

    private static async Task<ChallengeOverview.Row> Bought(TestFirm firm, TestPerson trader)
    {
        var id = await firm.Buy(trader, await firm.Sell(SampleModel.Make($"Sample of {trader.UserName}")));
        for (var tries = 0; tries < 100; tries++)
        {
            await firm.DrainOutbox();
            var challenge = await firm.Challenge(trader, id);
            if (challenge.Account?.AccountStatus is Modules.Trading.Accounts.TradingAccountStatus.Active) return challenge;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new InvalidOperationException("The engine did not open the account.");
    }

    private static async Task Buy(TestFirm firm, TestPerson trader, ChallengeOverview.Row challenge, string lots)
    {
        await firm.Site.Services.GetRequiredService<TradingDesk>().Take(
            new Quote(firm.Clock.GetUtcNow(), "BTCUSD", new Price(60_000m), new Price(60_010m)), TestContext.Current.CancellationToken);
        var bought = await firm.Run<PlaceMarketOrder, Result<CommandOutcome.Accepted>>(use =>
            use.Run(new(challenge.Account!.AccountId!.Value, trader.Id, Guid.CreateVersion7().ToString(), "BTCUSD", "buy", lots), default));
        Assert.Null(bought.Refusal);
    }
}
