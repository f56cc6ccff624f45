using System.Net;
using TradeSense.Engine.Inputs;
using TradeSense.Modules;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Risk.Appeals;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Risk;

public sealed class AppealTests(Site site)
{
    private const string Grounds = "The quote at 09:00:03 was a lone spike that no other venue had.";
    private const string Reason = "The quote stands in both feeds within the same second.";

    [Fact]
    public async Task A_trader_appeals_one_person_upholds_and_both_are_told()
    {
        await using var desk = await TestDesk.Open(site);
        var (firm, trader, path) = await Breached(desk);
        var risk = await firm.Staff(Role.Risk);

        var form = (await trader.Browser.Get(path)).Ok();
        Assert.Contains("72 hours", form.Text, StringComparison.Ordinal);
        (await form.Form("#appeal-form").Submit(new { Grounds = "too short" })).Is(HttpStatusCode.UnprocessableEntity);
        var filed = (await form.Form("#appeal-form").Submit(new { Grounds = Grounds })).Ok();
        Assert.Contains("Answer promised within", filed.Text, StringComparison.Ordinal);
        await firm.DrainOutbox();
        Assert.Contains("appeal", await firm.MailTo(risk.Email), StringComparison.OrdinalIgnoreCase);

        var queue = (await risk.Browser.Get("/firm/appeals")).Ok();
        Assert.Contains(Grounds, queue.TextOf("#case"), StringComparison.Ordinal);
        (await queue.Form("#decision-form").Submit(new { Reason = Reason })).Ok();

        Assert.Contains(Reason, (await trader.Browser.Get(path)).Ok().Text, StringComparison.Ordinal);
        Assert.Equal(1L, (await site.Audit("select count(*) from audit_entries where tenant_id = $1 and action = 'appeal.upheld'", firm.Tenant.Id))[0][0]);
    }

    [Fact]
    public async Task An_overturn_takes_two_people_and_the_account_trades_again()
    {
        await using var desk = await TestDesk.Open(site);
        var (firm, trader, path) = await Breached(desk);
        var (first, second) = (await firm.Staff(Role.Risk), await firm.Staff(Role.Owner));
        await (await trader.Browser.Get(path)).Ok().Form("#appeal-form").Submit(new { Grounds = Grounds });
        var appeal = (Guid)(await site.Audit("select id from appeals where tenant_id = $1", firm.Tenant.Id))[0][0]!;

        Assert.False((await firm.Run<ProposeOverturn, Result>(propose => propose.Run(new(appeal, Reason, null, first.Id), default))).IsRefused);
        Assert.Equal(AppealRefusal.SamePerson, (await firm.Run<ConfirmOverturn, Result>(confirm => confirm.Run(appeal, first.Id, default))).Refusal);
        var page = (await second.Browser.Get("/firm/appeals")).Ok();
        (await page.Form("#confirm-form").Submit(new { })).Ok();

        Assert.Equal("Overturned", (string)(await site.Audit("select status from appeals where id = $1", appeal))[0][0]!);
        await Eventually(async () => (string)(await site.Audit("select a.status from appeals p join trading_accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id where p.id = $1 and p.reinstated_at is not null", appeal)).Select(row => row[0]!).FirstOrDefault("") == "Active", firm);
        Assert.Contains("trades again", (await trader.Browser.Get(path)).Ok().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_alone_refuses_an_overturn_by_one_person()
    {
        await using var desk = await TestDesk.Open(site);
        var (firm, trader, path) = await Breached(desk);
        var one = await firm.Staff(Role.Risk);
        await (await trader.Browser.Get(path)).Ok().Form("#appeal-form").Submit(new { Grounds = Grounds });

        await Assert.ThrowsAnyAsync<Exception>(() => firm.Run(services => ((Microsoft.EntityFrameworkCore.DbContext)services.GetService(typeof(Modules.Database.TradeSenseDb))!).Database.ExecuteForged(one.Id)));
    }

    [Fact]
    public async Task Who_may_not_decide_sees_no_appeals_and_a_stranger_none_of_it()
    {
        await using var desk = await TestDesk.Open(site);
        var (firm, trader, path) = await Breached(desk);
        var (stranger, finance) = (await firm.Trader(), await firm.Staff(Role.Finance));

        (await stranger.Browser.Get(path)).Is(HttpStatusCode.NotFound);
        (await finance.Browser.Get("/firm/appeals")).Is(HttpStatusCode.Forbidden);
        (await trader.Browser.Get("/firm/appeals")).Is(HttpStatusCode.Forbidden);
    }

    /// <summary>A trader whose account failed and was handed to the live engine; and where the appeal is filed.</summary>
    private async Task<(TestFirm Firm, TestPerson Trader, string Path)> Breached(TestDesk desk)
    {
        var trader = await desk.Firm.Trader();
        var account = await desk.Account(userId: trader.Id);
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "a1", lots: "5");
        await desk.Price("EURUSD", "1.08000", "1.08010");
        await desk.Tick();
        await desk.HandOver(account);
        var receipt = (Guid)(await site.Audit("select id from breaches where account_id = $1", account.Value))[0][0]!;
        return (desk.Firm, trader, $"/trader/accounts/{account}/receipts/{receipt}/appeal");
    }

    private static async Task Eventually(Func<Task<bool>> holds, TestFirm firm)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            await firm.DrainOutbox();
            if (await holds()) return;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Fail("It did not happen in time.");
    }
}

internal static class Forgery
{
    /// <summary>What a program with a mistake would write: the same person proposes and decides.</summary>
    public static Task ExecuteForged(this Microsoft.EntityFrameworkCore.Infrastructure.DatabaseFacade database, Guid by) =>
        Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlAsync(
            database, $"update appeals set status = 'Overturned', proposed_by = {by}, decided_by = {by}, decided_at = now(), reason = 'because'");
}
