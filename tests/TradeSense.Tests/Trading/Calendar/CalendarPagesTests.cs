using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Orders;
using TradeSense.Tests.Challenges;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Payments;
using TradeSense.Tests.Payouts;

namespace TradeSense.Tests.Trading.Calendar;

/// <summary>From a file of the platform to a trader whose order is refused. The list is everybody's, so each test has a site of its own.</summary>
public sealed class CalendarPagesTests
{
    [Fact]
    public async Task A_file_is_looked_at_taken_over_once_and_known_again()
    {
        await using var site = await Site.Start(TimeProvider.System, null);
        await using var platform = await TestFirm.CreatePlatform(site);
        var staff = await platform.Staff(Role.PlatformStaff);
        var day = TimeProvider.System.GetUtcNow().AddDays(3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var file = $"date,time,currency,importance,title,id\n{day},13:30,USD,high,Payrolls,a\n{day},13:30,USD,high,Payrolls,b\n{day},,EUR,high,Nothing,c\n{day},15:00,EUR,low,Index,d\n";

        var preview = await Upload(staff, file);
        Assert.Contains("Take over 2 events", preview.TextOf("#take-over"), StringComparison.Ordinal);
        Assert.Contains("Twice in the file", preview.TextOf("#row-table"), StringComparison.Ordinal);
        Assert.Contains("It has a day but no time of day.", preview.TextOf("#row-table"), StringComparison.Ordinal);
        Assert.Empty(await site.Audit("select 1 from calendar_events"));

        var list = (await preview.Form("#take-over").Submit()).Ok();
        Assert.Contains("2 events added", list.Text, StringComparison.Ordinal);
        Assert.Contains("Payrolls", list.TextOf("#event-table"), StringComparison.Ordinal);
        Assert.Contains("taken over already", (await preview.Form("#take-over").Submit()).Ok().Text, StringComparison.Ordinal);

        // The same source again: one has moved by an hour, the other is as it was.
        var again = await Upload(staff, $"date,time,currency,importance,title,id\n{day},14:30,USD,high,Payrolls,a\n{day},15:00,EUR,low,Index,d\n");
        Assert.Contains("Take over 1 event", again.TextOf("#take-over"), StringComparison.Ordinal);
        await again.Form("#take-over").Submit();
        Assert.Equal(2, (await site.Audit("select 1 from calendar_events")).Count);
        Assert.Single(await site.Audit("select 1 from calendar_events where title = 'Payrolls' and to_char(at at time zone 'UTC', 'HH24:MI') = '14:30'"));
        Assert.Equal(2, (await site.Audit("select 1 from audit_entries where action = 'calendar.imported'")).Count);
    }

    [Theory]
    [InlineData("no calendar", "Upload test", "Form_File-error")]
    [InlineData("date,currency,title\n2026-12-04T13:30:00Z,USD,A\n", "", "Form_Source-error")]
    [InlineData("date,currency,title\n", "Upload test", "Form_File-error")]
    public async Task A_file_that_cannot_be_read_is_told_beside_its_field(string file, string source, string error)
    {
        await using var site = await Site.Start(TimeProvider.System, null);
        await using var platform = await TestFirm.CreatePlatform(site);
        var staff = await platform.Staff(Role.PlatformStaff);

        var page = await (await staff.Browser.Get("/platform/calendar/upload")).Ok().Form("#calendar-form").Upload("File", "a.csv", "text/csv", Encoding.UTF8.GetBytes(file), new { Source = source });

        Assert.NotEmpty(page.Is(HttpStatusCode.UnprocessableEntity).TextOf("#" + error));
    }

    [Fact]
    public async Task An_important_event_restricts_the_accounts_whose_rules_say_so_until_it_is_removed()
    {
        await using var site = await Site.Start(TimeProvider.System, null);
        await using var platform = await TestFirm.CreatePlatform(site);
        await using var firm = await TestFirm.Create(site);
        var (staff, anna) = (await platform.Staff(Role.PlatformStaff), await firm.Trader("anna"));
        var account = await AccountWithNewsRule(firm, anna);
        Assert.False((await Buy(firm, anna, account)).IsRefused);

        var now = TimeProvider.System.GetUtcNow();
        var form = (await staff.Browser.Get("/platform/calendar/events")).Ok().Form("#event-form");
        await form.Submit(new { Title = "Rate decision", At = now.AddMinutes(10).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Currency = "usd", Importance = "High" });
        await platform.DrainOutbox();

        Assert.Equal("trading.rule_forbids", (await Buy(firm, anna, account)).Refusal!.Code);
        var calendar = (await anna.Browser.Get("/trader/calendar")).Ok();
        Assert.Contains("No orders from", calendar.TextOf(".calendar-entry--restricted"), StringComparison.Ordinal);
        Assert.Contains("Rate decision", (await anna.Browser.Get($"/trader/terminal/{account}?symbol=BTCUSD")).Ok().TextOf("#news-strip"), StringComparison.Ordinal);


        await (await staff.Browser.Get("/platform/calendar")).Ok().Form("#event-table form").Submit();
        await platform.DrainOutbox();
        Assert.False((await Buy(firm, anna, account)).IsRefused);
    }

    [Fact]
    public async Task Events_stand_on_the_day_and_at_the_time_of_the_trader()
    {
        await using var site = await Site.Start(TimeProvider.System, null);
        await using var platform = await TestFirm.CreatePlatform(site);
        await using var firm = await TestFirm.Create(site);
        var (staff, anna) = (await platform.Staff(Role.PlatformStaff), await firm.Trader("anna"));
        await (await staff.Browser.Get("/platform/calendar/events")).Ok().Form("#event-form").Submit(new { Title = "Late release", At = "2027-06-30 22:30", Currency = "NZD", Importance = "Medium" });
        await (await anna.Browser.Get("/trader/profile")).Ok().Form("#profile-form").Submit(new { TimeZone = "Europe/Berlin" });

        var page = (await anna.Browser.Get("/trader/calendar?day=2027-06-30")).Ok();

        Assert.Contains("Thursday, 1 July", page.TextOf(".calendar-day"), StringComparison.Ordinal);
        Assert.Contains("00:30", page.TextOf(".calendar-entry"), StringComparison.Ordinal);
        Assert.False((await anna.Browser.Get("/trader/calendar?day=2027-06-30&atLeast=High")).Ok().Has(".calendar-entry"));
        Assert.False((await anna.Browser.Get("/trader/calendar?day=2027-07-02")).Ok().Has(".calendar-entry"));
    }

    private static async Task<Page> Upload(TestPerson staff, string file) =>
        (await (await staff.Browser.Get("/platform/calendar/upload")).Ok().Form("#calendar-form").Upload("File", "week.csv", "text/csv", Encoding.UTF8.GetBytes(file), new { Source = "Upload test" })).Ok();

    private static async Task<Guid> AccountWithNewsRule(TestFirm firm, TestPerson trader)
    {
        var model = SampleModel.Make() with { Trading = SampleModel.Make().Trading with { Rules = new TradingRules { News = new NewsRule(15, 5, NewsEffect.Block, new Percent(0)) } } };
        var challenge = await firm.Challenge(trader, await firm.Buy(trader, await firm.Sell(model)));
        await firm.Balance(challenge.Account!.AccountId!.Value);
        return challenge.Account.AccountId.Value;
    }

    private static async Task<Result<CommandOutcome.Accepted>> Buy(TestFirm firm, TestPerson trader, Guid account)
    {
        await firm.Desk().Take(new Quote(TimeProvider.System.GetUtcNow(), "BTCUSD", new Price(60_000m), new Price(60_010m)), TestContext.Current.CancellationToken);
        return await firm.Run<PlaceMarketOrder, Result<CommandOutcome.Accepted>>(use => use.Run(new(account, trader.Id, Guid.CreateVersion7().ToString(), "BTCUSD", "buy", "0.01"), default));
    }
}
