using System.Net;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Risk.Appeals;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Risk;

public sealed class AppealTests(Site site)
{
    private const string Grounds = AppealScenes.Grounds, Reason = AppealScenes.Reason;

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

    [Fact]
    public async Task An_overturn_the_engine_refused_is_told_and_tried_again_with_a_balance_two_people_agree_on()
    {
        await using var desk = await TestDesk.Open(site);
        var (firm, trader, path) = await Breached(desk);
        var (first, second) = (await firm.Staff(Role.Risk), await firm.Staff(Role.Owner));
        await (await trader.Browser.Get(path)).Ok().Form("#appeal-form").Submit(new { Grounds = Grounds });
        var appeal = (Guid)(await site.Audit("select id from appeals where tenant_id = $1", firm.Tenant.Id))[0][0]!;
        Assert.False((await firm.Run<ProposeOverturn, Result>(propose => propose.Run(new(appeal, Reason, null, first.Id), default))).IsRefused);
        // What was above the floor when it was proposed no longer is.
        await AsOwner($"update appeals set balance = 50000 where id = '{appeal}'");
        Assert.False((await firm.Run<ConfirmOverturn, Result>(confirm => confirm.Run(appeal, second.Id, default))).IsRefused);
        await Eventually(async () => (await site.Audit("select failure from appeals where id = $1", appeal))[0][0] is "trading.would_breach", firm);

        Assert.Contains("did not work yet", (await trader.Browser.Get(path)).Ok().Text, StringComparison.Ordinal);
        var queue = (await first.Browser.Get("/firm/appeals")).Ok();
        Assert.Contains("1 appeal waits", queue.Text, StringComparison.Ordinal);
        (await queue.Form("#retry-form").Submit(new { Balance = "50000.001" })).Is(HttpStatusCode.UnprocessableEntity);
        var proposed = (await queue.Form("#retry-form").Submit(new { Balance = "98000" })).Ok();
        Assert.Contains("Somebody else", proposed.TextOf("#retry"), StringComparison.Ordinal);
        Assert.Equal(AppealRefusal.SamePerson, (await firm.Run<ReinstateAgain, Result<bool>>(again => again.Run(new(appeal, null, first.Id), default))).Refusal);
        (await (await second.Browser.Get("/firm/appeals")).Ok().Form("#retry-form").Submit(new { })).Ok();

        await Eventually(async () => (await site.Audit("select a.status from appeals p join trading_accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id where p.id = $1 and p.reinstated_at is not null and a.balance = 98000", appeal)).Select(row => row[0]).FirstOrDefault() is "Active", firm);
        Assert.Contains("trades again", (await trader.Browser.Get(path)).Ok().Text, StringComparison.Ordinal);
        Assert.Contains("No appeal waits", (await first.Browser.Get("/firm/appeals")).Ok().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_decides_an_appeal_of_his_own()
    {
        await using var desk = await TestDesk.Open(site);
        var staff = await desk.Firm.Staff(Role.Risk);
        var appeal = await AppealScenes.Filed(desk, staff.Id);

        Assert.Equal(AppealRefusal.OwnCase, (await desk.Firm.Run<UpholdVerdict, Result>(uphold => uphold.Run(appeal, Reason, staff.Id, default))).Refusal);
        Assert.Equal(AppealRefusal.OwnCase, (await desk.Firm.Run<ProposeOverturn, Result>(propose => propose.Run(new(appeal, Reason, null, staff.Id), default))).Refusal);
        Assert.False((await desk.Firm.Run<ProposeOverturn, Result>(async propose => await propose.Run(new(appeal, Reason, null, (await desk.Firm.Staff(Role.Owner)).Id), default))).IsRefused);
        Assert.Equal(AppealRefusal.OwnCase, (await desk.Firm.Run<ConfirmOverturn, Result>(confirm => confirm.Run(appeal, staff.Id, default))).Refusal);
    }

    [Fact]
    public async Task A_verdict_that_another_followed_is_no_longer_appealed()
    {
        await using var desk = await TestDesk.Open(site);
        var trader = await desk.Firm.Trader();
        var account = await AppealScenes.Fail(desk, trader.Id);
        Assert.IsType<CommandOutcome.Accepted>(await desk.Send(new ReinstateAccount(default, account, "again", new Money(99_000m, Currency.Usd), "granted")));
        await desk.Buy(account, "a2", lots: "5");
        await desk.Price("EURUSD", "1.06000", "1.06010");
        await desk.Tick();
        var receipts = await site.Audit("select id from breaches where account_id = $1 order by at", account.Value);
        Assert.Equal(2, receipts.Count);

        Assert.Contains("another verdict fell after it", (await trader.Browser.Get($"/trader/accounts/{account}/receipts/{receipts[0][0]}/appeal")).Ok().Text, StringComparison.Ordinal);
        Assert.NotNull((await trader.Browser.Get($"/trader/accounts/{account}/receipts/{receipts[1][0]}/appeal")).Ok().Form("#appeal-form"));
    }

    [Fact]
    public async Task The_deciders_are_warned_once_before_the_promise_ends_and_once_after_and_a_late_answer_says_so()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        await using var own = await Site.At(clock);
        await using var desk = await TestDesk.Open(own);
        var (trader, risk) = (await desk.Firm.Trader(), await desk.Firm.Staff(Role.Risk));
        var appeal = await AppealScenes.Filed(desk, trader.Id);
        Task<int> Warn() => desk.Firm.Run<WarnOfAppealClocks, int>(warn => warn.Run(default));
        async Task<long> Told(string kind, Guid user) => (long)(await own.Audit("select count(*) from notifications where tenant_id = $1 and kind = $2 and user_id = $3", desk.Firm.Tenant.Id, kind, user))[0][0]!;

        await Warn();
        Assert.Equal(0, await Told("appeal.nearly_due", risk.Id));
        clock.Advance(TimeSpan.FromHours(61));
        await Warn();
        await Warn();
        Assert.Equal((1, 0), (await Told("appeal.nearly_due", risk.Id), await Told("appeal.overdue", risk.Id)));
        clock.Advance(TimeSpan.FromHours(11));
        await Warn();
        await Warn();
        Assert.Equal((1, 1, 1), (await Told("appeal.nearly_due", risk.Id), await Told("appeal.overdue", risk.Id), await Told("appeal.overdue", trader.Id)));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.False((await desk.Firm.Run<UpholdVerdict, Result>(uphold => uphold.Run(appeal, Reason, risk.Id, default))).IsRefused);
        await Warn();

        Assert.Equal((1, 1), (await Told("appeal.overdue", risk.Id), await Told("appeal.overdue", trader.Id)));
        var late = await desk.Firm.Run<Modules.Analytics.Transparency.BrandRecord, Modules.Analytics.Transparency.BrandRecord.Figures>(record => record.Read(0, default));
        Assert.Equal((1, 1, 0, 0), (late.Filed, late.Answered, late.InTime, late.Overdue));
        Assert.Contains("missed", (await desk.Firm.Client().Get("/transparency?days=0&list=appeals")).Ok().TextOf("#appeals"), StringComparison.Ordinal);
    }

    private async Task AsOwner(string sql)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(site.Database.Options.Owner);
        await using var command = source.CreateCommand(sql);
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>A trader whose account failed and was handed to the live engine; and where the appeal is filed.</summary>
    private async Task<(TestFirm Firm, TestPerson Trader, string Path)> Breached(TestDesk desk)
    {
        var trader = await desk.Firm.Trader();
        var account = await AppealScenes.Fail(desk, trader.Id);
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
