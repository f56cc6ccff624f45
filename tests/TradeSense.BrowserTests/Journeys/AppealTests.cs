using Microsoft.Playwright;
using TradeSense.BrowserTests.Fixture;
using TradeSense.Modules.Identity;
using TradeSense.Tests.Fixture;

namespace TradeSense.BrowserTests.Journeys;

/// <summary>A verdict is disputed: what the trader, two people of the firm and the public see of it.</summary>
public sealed class AppealTests(Chromium chromium, StillSite still) : IClassFixture<StillSite>
{
    [Fact]
    public async Task A_verdict_is_appealed_overturned_by_two_people_and_counted_in_public()
    {
        await using var firm = await still.Firm();
        await using var visit = await chromium.Visit(await firm.Trader(), Screen.Desktop, "dark");
        var account = await visit.Buy("sprint");
        await Breach(visit, account);
        await visit.Go($"/trader/accounts/{account}");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Appeal" }).ClickAsync();
        await visit.Sees("#appeal-form", "72 hours");
        await visit.LooksRight("appeal-form");
        await visit.Page.FillAsync("[name='Form.Grounds']", "The quote that decided was a lone spike; no other venue had it.");
        await visit.Page.ClickAsync("#appeal-form button.btn-primary");
        await visit.Sees("#appeal", "Answer promised within");
        await visit.LooksRight("appeal-filed");

        await using (var first = await chromium.Visit(await firm.Staff(Role.Risk), Screen.Desktop, "light"))
        {
            await first.Go("/firm/appeals");
            await first.Sees("#case", "lone spike");
            await first.LooksRight("appeals-queue");
            await first.Page.FillAsync("[name='Form.Reason']", "The reference venue had no such price in that second.");
            await first.Page.RunAndWaitForResponseAsync(() => first.Page.ClickAsync("#decision-form .btn-outline-success"), response => response.Request.Method == "POST");
        }

        await using (var second = await chromium.Visit(await firm.Staff(Role.Owner), Screen.Phone, "dark"))
        {
            await second.Go("/firm/appeals");
            await second.LooksRight("appeals-queue-second");
            await second.Page.Locator("#confirm-form button[commandfor='confirm']").First.ClickAsync();
            await second.Page.RunAndWaitForResponseAsync(() => second.Page.Locator("#confirm[open] button[type=submit]").ClickAsync(), response => response.Request.Method == "POST");
        }

        await visit.Page.ReloadAsync();
        await visit.Sees("#appeal", "The verdict is overturned");
        await visit.Go($"/trader/accounts/{account}/other-plans");
        await visit.LooksRight("other-plans");
        await Public(firm);
    }

    private async Task Public(TestFirm firm)
    {
        var receipt = (Guid)(await firm.Site.Audit("select id from breaches where tenant_id = $1", firm.Tenant.Id))[0][0]!;
        foreach (var (screen, scheme) in new[] { (Screen.Desktop, "light"), (Screen.Phone, "dark") })
        {
            await using var anyone = await chromium.Visit(firm.Site, firm.Host, screen, scheme);
            foreach (var (path, name) in new[] { ($"/verify/{receipt}", "verify-verdict"), ("/verify", "verify"), ("/verify/heads", "heads"), ("/transparency", "transparency"), ("/transparency?list=appeals", "transparency-appeals") })
            {
                await anyone.Go(path);
                await anyone.LooksRight(name);
            }

            await anyone.Sees("#appeals", "Overturned");
        }
    }

    private async Task Breach(Visit visit, Guid account)
    {
        await still.Price("ETHUSD", 3_000m);
        await visit.Go($"/trader/terminal/{account}?symbol=ETHUSD");
        await visit.Send("1");
        await visit.Sees("[data-position]", "ETHUSD");
        await still.Price("ETHUSD", 2_499.99m);
        await visit.Sees("#account-bar", "Failed");
        await still.Price("ETHUSD", 3_000m);
    }
}
