using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Tests.Fixture;
using Xunit;

namespace TradeSense.Tests.Identity;

public sealed class SessionTests(Site site)
{
    [Fact]
    public async Task A_session_copied_to_another_brand_opens_nothing()
    {
        await using var ours = await TestFirm.Create(site);
        await using var theirs = await TestFirm.Create(site);
        var anna = await ours.Trader("anna");
        var thief = theirs.Client();
        thief.Cookies.Add(thief.Home, new Cookie(TestPerson.SessionCookie, anna.Session) { Secure = true, Path = "/" });

        var page = await thief.Get("/trader");

        Assert.Equal("/account/sign-in", page.Path);
        Assert.Equal("/trader", (await anna.Browser.Get("/trader")).Ok().Path);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server()
    {
        await using var firm = await TestFirm.Create(site);
        var anna = await firm.Trader("anna");
        var copy = firm.Client();
        copy.Cookies.Add(copy.Home, new Cookie(TestPerson.SessionCookie, anna.Session) { Secure = true, Path = "/" });

        await (await anna.Browser.Get("/account/sign-out")).Ok().Form("main form").Submit(new { });

        Assert.Equal("/account/sign-in", (await copy.Get("/trader")).Path);
    }

    [Fact]
    public async Task A_session_ends_after_half_an_hour_without_use_and_after_twelve_hours_of_use()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 3, 6, 0, 0, TimeSpan.Zero));
        await using var own = await Site.At(clock);
        await using var firm = await TestFirm.Create(own);
        var (idle, busy) = (await firm.Trader("idle"), await firm.Trader("busy"));

        for (var minutes = 0; minutes < 12 * 60; minutes += 20)
        {
            Assert.Equal("/trader", (await busy.Browser.Get("/trader")).Path);
            clock.Advance(TimeSpan.FromMinutes(20));
        }

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("/account/sign-in", (await busy.Browser.Get("/trader")).Path);
        Assert.Equal("/account/sign-in", (await idle.Browser.Get("/trader")).Path);
    }

    [Fact]
    public async Task A_session_that_another_process_ended_is_over_two_seconds_later()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 3, 6, 0, 0, TimeSpan.Zero));
        await using var own = await Site.At(clock);
        await using var firm = await TestFirm.Create(own);
        var anna = await firm.Trader("anna");
        Assert.Equal("/trader", (await anna.Browser.Get("/trader")).Path);

        await firm.Run(services => services.GetRequiredService<TradeSenseDb>().Database.ExecuteSqlAsync($"update sessions set ended_at = now()"));
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("/account/sign-in", (await anna.Browser.Get("/trader")).Path);
    }

    [Fact]
    public async Task A_role_that_was_taken_away_is_gone_with_the_next_request()
    {
        await using var firm = await TestFirm.Create(site);
        var (owner, other) = (await firm.Staff(Role.Owner), await firm.Staff(Role.Owner));
        (await other.Browser.Get("/firm/staff")).Ok();

        await firm.Run<ChangeRole, Modules.Result>(use => use.Run(new ChangeRole.Request(other.Id, Role.Support, owner.Id), TestContext.Current.CancellationToken));

        (await other.Browser.Get("/firm/staff")).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_a_while_and_the_right_one_waits_too()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 3, 6, 0, 0, TimeSpan.Zero));
        await using var own = await Site.At(clock);
        await using var firm = await TestFirm.Create(own);
        await firm.Trader("anna");

        for (var i = 0; i < 5; i++) (await firm.Client().SignIn("anna", "wrong password 1")).Is(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Too many failed tries", (await firm.Client().SignIn("anna")).Is(HttpStatusCode.UnprocessableEntity).Text, StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));
        Assert.Equal("/trader", (await firm.Client().SignIn("anna")).Path);
    }

    [Fact]
    public async Task A_password_reset_with_the_code_ends_all_sessions()
    {
        await using var firm = await TestFirm.Create(site);
        var anna = await firm.Trader("anna");
        const string fresh = "another good phrase 7";

        var reset = await (await firm.Client().Get("/account/forgot")).Ok().Form("#forgot-form").Submit(new { Email = anna.Email });
        await reset.Ok().Form("#reset-form").Submit(new { Code = await firm.CodeSentTo(anna.Email), Password = fresh });

        Assert.Equal("/account/sign-in", (await anna.Browser.Get("/trader")).Path);
        Assert.Equal("/trader", (await firm.Client().SignIn("anna", fresh)).Path);
    }

    [Theory]
    [InlineData(Role.Trader, "/firm")]
    [InlineData(Role.Owner, "/trader")]
    [InlineData(Role.Owner, "/platform")]
    public async Task A_role_does_not_open_the_pages_of_another(Role role, string path)
    {
        await using var firm = await TestFirm.Create(site);
        var person = role is Role.Trader ? await firm.Trader() : await firm.Staff(role);

        var page = await person.Browser.Get(path);

        Assert.Contains(page.Status, (HttpStatusCode[])[HttpStatusCode.Forbidden, HttpStatusCode.NotFound]);
    }

    [Fact]
    public async Task What_a_person_does_lands_in_the_audit_trail_with_an_unbroken_chain()
    {
        await using var firm = await TestFirm.Create(site);
        await firm.Client().SignUp(firm, "anna");
        await firm.Client().SignIn("anna", "wrong password 1");

        var rows = await site.Audit("select action, previous_hash, hash, actor from audit_entries where tenant_id = $1 and action not like 'model.%' order by sequence", firm.Tenant.Id);

        Assert.Equal(["trader.registered", "email.confirmed", "sign_in.succeeded", "sign_in.failed"], rows.Select(row => row[0]));
        Assert.Equal(["anna", "anna", "anna", "visitor"], rows.Select(row => row[3]));
        for (var i = 1; i < rows.Count; i++) Assert.Equal(rows[i - 1][2], rows[i][1]);
    }
}
