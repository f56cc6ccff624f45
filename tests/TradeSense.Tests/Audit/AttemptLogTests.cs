using System.Net;
using TradeSense.Modules;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Identity;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Audit;

/// <summary>What was refused stands in the trail, whatever became of the request, and nobody fills it.</summary>
public sealed class AttemptLogTests(Site site)
{
    [Fact]
    public async Task A_refused_page_of_the_staff_is_written_down_with_who_asked()
    {
        await using var firm = await TestFirm.Create(site);
        var (support, trader) = (await firm.Staff(Role.Support), await firm.Trader());

        (await support.Browser.Get("/firm/payouts")).Is(HttpStatusCode.Forbidden);
        (await trader.Browser.Get("/firm/staff")).Is(HttpStatusCode.Forbidden);
        (await firm.Client().Get("/firm/staff")).Ok();

        Assert.Equal([$"page:/firm/payouts {support.UserName}", $"page:/firm/staff {trader.UserName}"], await Trail(firm, "page.refused"));
    }

    [Fact]
    public async Task A_refusal_inside_a_handler_is_written_down_too()
    {
        await using var firm = await TestFirm.Create(site);
        var risk = await firm.Staff(Role.Risk);
        var token = (await risk.Browser.Get("/firm/payouts")).Ok().All("input[name=__RequestVerificationToken]")[0].GetAttribute("value")!;

        var forged = await risk.Browser.Post($"/firm/payouts?id={Guid.CreateVersion7()}&handler=Approve", new FormUrlEncodedContent([new("__RequestVerificationToken", token)]));

        forged.Is(HttpStatusCode.Forbidden);
        Assert.Equal([$"page:/firm/payouts {risk.UserName}"], await Trail(firm, "page.refused"));
    }

    [Fact]
    public async Task Sign_ins_of_nobody_with_a_wrong_password_while_locked_and_of_the_disabled_are_written_down()
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, owner, gone) = (await firm.Trader(), await firm.Staff(Role.Owner), await firm.Staff(Role.Support));
        await firm.Run<DisableUser, Result>(disable => disable.Run(new(gone.Id, owner.Id), default));

        await SignIn(firm, "nobody@example.com", "my secret password");
        for (var i = 0; i < 6; i++) await SignIn(firm, trader.UserName, "wrong horse battery");
        await SignIn(firm, gone.UserName, TestFirm.Password);

        Assert.Equal(["user:unknown visitor", .. Enumerable.Repeat($"user:{trader.Id} visitor", 5)], await Trail(firm, "sign_in.failed"));
        Assert.Equal([$"user:{trader.Id} visitor", $"user:{gone.Id} visitor"], await Trail(firm, "sign_in.refused"));
        var details = await site.Audit("select string_agg(details, ' ') from audit_entries where tenant_id = $1 and action like 'sign_in%'", firm.Tenant.Id);
        Assert.DoesNotContain("secret", (string)details[0][0]!, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody@", (string)details[0][0]!, StringComparison.Ordinal);
        Assert.Contains("locked", (string)details[0][0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_asked_for_or_tried_with_a_wrong_code_is_written_down_for_known_and_unknown_alike()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();

        foreach (var address in (string[])[trader.Email, "nobody@example.com"]) await (await firm.Client().Get("/account/forgot")).Ok().Form("main form").Submit(new { Email = address });
        await firm.Run<ResetPassword, Result>(reset => reset.Run(trader.Email, "000000", "another long password 7", default));

        Assert.Equal([$"user:{trader.Id} visitor", "user:unknown visitor"], await Trail(firm, "password.reset_requested"));
        Assert.Equal([$"user:{trader.Id} system"], await Trail(firm, "password.reset_failed"));
    }

    [Fact]
    public async Task What_was_tried_stands_even_when_its_transaction_is_rolled_back()
    {
        await using var firm = await TestFirm.Create(site);

        await Assert.ThrowsAsync<InvalidOperationException>(() => firm.Run<AuditTrail, bool>(async audit =>
        {
            await audit.Record("test.done", "test:1", null, default);
            await audit.Attempted("test.tried", "test:1", null);
            throw new InvalidOperationException("The request broke.");
        }));

        Assert.Empty(await Trail(firm, "test.done"));
        Assert.Single(await Trail(firm, "test.tried"));
    }

    [Fact]
    public void Nobody_fills_the_trail_and_what_goes_unwritten_is_counted()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        var (budget, tenant, other) = (new AttemptBudget(clock), Guid.CreateVersion7(clock.GetUtcNow()), Guid.CreateVersion7(clock.GetUtcNow()));

        Assert.Equal(AttemptBudget.OfOne, Enumerable.Range(0, 200).Count(_ => budget.Take(tenant, "10.0.0.1") is not null));
        Assert.Equal(200 - AttemptBudget.OfOne, budget.Take(tenant, "10.0.0.2"));
        Assert.Equal(AttemptBudget.OfTenant - AttemptBudget.OfOne - 1, Enumerable.Range(0, 5000).Count(i => budget.Take(tenant, $"10.1.{i / 250}.{i % 250}") is not null));
        Assert.Equal(0, budget.Take(other, "10.0.0.1"));

        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(5000 - (AttemptBudget.OfTenant - AttemptBudget.OfOne - 1), budget.Take(tenant, "10.0.0.1"));
        Assert.Equal(0, budget.Take(tenant, "10.0.0.1"));
    }

    private static async Task SignIn(TestFirm firm, string name, string password) =>
        (await (await firm.Client().Get("/account/sign-in")).Ok().Form("main form").Submit(new { Name = name, Password = password })).Is(HttpStatusCode.UnprocessableEntity);

    private static async Task<IReadOnlyList<string>> Trail(TestFirm firm, string action) =>
        [.. (await firm.Site.Audit("select subject || ' ' || actor from audit_entries where tenant_id = $1 and action = $2 order by sequence", firm.Tenant.Id, action)).Select(row => (string)row[0]!)];
}
