using System.Net;
using TradeSense.Modules.Identity;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Firm;

public sealed class StaffPagesTests(Site site)
{
    [Fact]
    public async Task An_invited_person_sets_a_password_with_the_code_and_works_in_the_role()
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);

        var page = await (await owner.Browser.Get("/firm/staff")).Ok().Form("#invite-form").Submit(new { Email = "nina@example.com", Role = "Finance", Country = "FR" });
        Assert.Contains("Invited", page.Ok().TextOf("table"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("as finance", await firm.MailTo("nina@example.com"));

        var visitor = firm.Client();
        var reset = await visitor.Get("/account/reset?email=nina%40example.com");
        await reset.Ok().Form("#reset-form").Submit(new { Email = "nina@example.com", Code = await firm.CodeSentTo("nina@example.com"), Password = "harbour-lantern-77-oak" });
        await (await visitor.Get("/account/sign-in")).Form("#sign-in-form").Submit(new { Name = "nina@example.com", Password = "harbour-lantern-77-oak" });

        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/firm/audit")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Get("/firm/staff")).Status);
    }

    [Fact]
    public async Task An_invited_person_can_do_nothing_before_that()
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);
        await (await owner.Browser.Get("/firm/staff")).Form("#invite-form").Submit(new { Email = "nina@example.com", Role = "Owner", Country = "FR" });

        var again = await (await owner.Browser.Get("/firm/staff")).Form("#invite-form").Submit(new { Email = "NINA@example.com", Role = "Support", Country = "FR" });
        var last = await (await Member(owner, owner.Id)).Form("#disable-form").Submit();

        Assert.Equal(1, again.Ok().All("tbody tr").Count(row => row.TextContent.Contains("nina", StringComparison.Ordinal)));
        Assert.Contains("last person who can run the firm", last.Is(HttpStatusCode.UnprocessableEntity).Text);
    }

    [Fact]
    public async Task The_last_owner_can_neither_leave_nor_step_down()
    {
        await using var firm = await TestFirm.Create(site);
        var (owner, _) = (await firm.Staff(Role.Owner), await firm.Staff(Role.Finance));

        var stepDown = await (await Member(owner, owner.Id)).Form("#role-form").Submit(new { Role = "Support" });
        var leave = await (await Member(owner, owner.Id)).Form("#disable-form").Submit();

        Assert.Contains("last person", stepDown.Is(HttpStatusCode.UnprocessableEntity).Text);
        Assert.Contains("last person", leave.Is(HttpStatusCode.UnprocessableEntity).Text);
    }

    [Fact]
    public async Task Two_owners_who_remove_each_other_at_once_leave_one()
    {
        await using var firm = await TestFirm.Create(site);
        var (one, two) = (await firm.Staff(Role.Owner), await firm.Staff(Role.Owner));
        var (formOne, formTwo) = ((await Member(one, two.Id)).Form("#disable-form"), (await Member(two, one.Id)).Form("#disable-form"));

        await Task.WhenAll(formOne.Submit(), formTwo.Submit());

        Assert.Equal(1L, (await site.Audit("select count(*) from users where tenant_id = $1 and role = 'Owner' and status = 'Active'", firm.Tenant.Id))[0][0]);
    }

    [Fact]
    public async Task A_changed_role_counts_on_the_next_click_and_a_disabled_person_is_out()
    {
        await using var firm = await TestFirm.Create(site);
        var (owner, person) = (await firm.Staff(Role.Owner), await firm.Staff(Role.Finance));
        Assert.Equal(HttpStatusCode.OK, (await person.Browser.Get("/firm/audit")).Status);

        await (await Member(owner, person.Id)).Form("#role-form").Submit(new { Role = "Support" });
        Assert.Equal(HttpStatusCode.Forbidden, (await person.Browser.Get("/firm/audit")).Status);

        await (await Member(owner, person.Id)).Form("#disable-form").Submit();
        Assert.Equal("/account/sign-in", (await person.Browser.Get("/firm/kyc")).Path);
    }

    [Fact]
    public async Task Neither_a_trader_nor_a_person_of_another_firm_is_staff_here()
    {
        await using var firm = await TestFirm.Create(site);
        await using var other = await TestFirm.Create(site);
        var (owner, trader, stranger) = (await firm.Staff(Role.Owner), await firm.Trader(), await other.Staff(Role.Support));

        foreach (var id in (Guid[])[trader.Id, stranger.Id, Guid.CreateVersion7()])
            Assert.Equal(HttpStatusCode.NotFound, (await owner.Browser.Get($"/firm/staff/{id}")).Status);
    }

    [Fact]
    public async Task A_role_outside_the_firm_cannot_be_given()
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);

        foreach (var role in (string[])["PlatformStaff", "Trader", "Emperor"])
        {
            var page = await (await owner.Browser.Get("/firm/staff")).Form("#invite-form").Tamper("Form.Role", role, new { Email = "x@example.com", Country = "FR" });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        }

        Assert.Empty(await site.Audit("select 1 from users where tenant_id = $1 and email = 'x@example.com'", firm.Tenant.Id));
    }

    private static async Task<Page> Member(TestPerson owner, Guid id)
    {
        return (await owner.Browser.Get($"/firm/staff/{id}")).Ok();
    }
}
