using System.Net;
using TradeSense.Modules;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Payouts;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Payments;

namespace TradeSense.Tests.Payouts;

[Collection("Prices of ETHUSD")]
public sealed class SecondApprovalTests(Site site)
{
    [Fact]
    public async Task Above_the_firms_limit_two_different_people_approve()
    {
        await using var firm = await TestFirm.Create(site);
        var (owner, finance) = (await firm.Staff(Role.Owner), await firm.Staff(Role.Finance));
        (await (await owner.Browser.Get("/firm/payouts/limit")).Ok().Form("#limit-form").Submit(new { Amount = "399.99" })).Ok();
        Assert.Contains("two people now", await firm.MailTo(finance.Email), StringComparison.Ordinal);
        var id = await firm.Requested(await firm.FundedTrader());

        var noted = (await (await finance.Browser.Get("/firm/payouts")).Ok().Form("#approve-form").Submit()).Ok();
        Assert.Contains("waiting for a second approval by somebody other than you", noted.TextOf("#second-approval"), StringComparison.Ordinal);
        Assert.False(noted.Has("#approve-form"));
        Assert.Equal(PayoutStatus.AwaitingDecision, (await firm.Payout(id)).Status);
        Assert.Equal(0m, await firm.LedgerBalance(LedgerAccountName.Bank));

        var queue = (await owner.Browser.Get("/firm/payouts")).Ok();
        Assert.Contains("second approval", queue.TextOf("#case-list"), StringComparison.Ordinal);
        Assert.Contains($"somebody other than {finance.UserName}", queue.TextOf("#second-approval"), StringComparison.Ordinal);
        (await queue.Form("#approve-form").Submit()).Ok();
        await firm.Reached(id, PayoutStatus.Paid);

        Assert.Equal(-400m, await firm.LedgerBalance(LedgerAccountName.Bank));
        Assert.Equal(
            [$"payout_limit.changed {owner.UserName}", $"payout.first_approved {finance.UserName}", $"payout.approved {owner.UserName}"],
            (await site.Audit("select action || ' ' || actor from audit_entries where tenant_id = $1 and (action like 'payout%approved' or action like 'payout_limit%') order by sequence", firm.Tenant.Id)).Select(row => (string)row[0]!));
    }

    [Fact]
    public async Task The_first_approver_cannot_give_the_second_approval_even_when_the_limit_is_lifted_meanwhile()
    {
        await using var firm = await TestFirm.Create(site);
        var (owner, _) = (await firm.Staff(Role.Owner), await firm.Staff(Role.Finance));
        await Limit(firm, 100m);
        var id = await firm.Requested(await firm.FundedTrader());
        var form = (await owner.Browser.Get("/firm/payouts")).Ok().Form("#approve-form");

        (await form.Submit()).Ok();
        await Limit(firm, null);
        var again = (await form.Submit()).Is(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Somebody else gives the second approval", again.Text, StringComparison.Ordinal);
        Assert.Equal(PayoutStatus.AwaitingDecision, (await firm.Payout(id)).Status);
    }

    [Fact]
    public async Task Of_forty_approvals_at_once_by_two_people_two_count_and_one_payment_leaves()
    {
        await using var firm = await TestFirm.Create(site);
        var (owner, finance) = (await firm.Staff(Role.Owner), await firm.Staff(Role.Finance));
        await Limit(firm, 100m);
        var id = await firm.Requested(await firm.FundedTrader());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => firm.Run<ApprovePayout, Result>(approve => approve.Run(id, i % 2 == 0 ? owner.Id : finance.Id, default))));
        await firm.Reached(id, PayoutStatus.Paid);

        Assert.Equal(2, outcomes.Count(outcome => !outcome.IsRefused));
        var payout = await firm.Payout(id);
        Assert.Equal(new HashSet<Guid?> { owner.Id, finance.Id }, [payout.FirstApprovedBy, payout.DecidedBy]);
        Assert.Equal(-400m, await firm.LedgerBalance(LedgerAccountName.Bank));
    }

    [Fact]
    public async Task At_the_limit_one_person_decides_and_the_first_of_two_may_still_reject()
    {
        await using var firm = await TestFirm.Create(site);
        var (owner, _) = (await firm.Staff(Role.Owner), await firm.Staff(Role.Finance));
        await Limit(firm, 400m);
        var (at, above) = (await firm.Requested(await firm.FundedTrader()), await firm.Requested(await firm.FundedTrader(profit: 501m)));

        Assert.Null((await Approve(firm, at, owner)).Refusal);
        await firm.Reached(at, PayoutStatus.Paid);
        Assert.Null((await Approve(firm, above, owner)).Refusal);
        Assert.Equal(PayoutRefusal.SecondPerson, (await Approve(firm, above, owner)).Refusal);
        Assert.Null((await firm.Run<RejectPayout, Result>(reject => reject.Run(above, "On a second look it hedges another account.", owner.Id, default))).Refusal);

        await firm.Until(async () => (await firm.Payout(above)).Status is PayoutStatus.Rejected, "The rejection");
        Assert.Equal(-400m, await firm.LedgerBalance(LedgerAccountName.Bank));
    }

    [Theory]
    [InlineData("-1", "Enter an amount")]
    [InlineData("10.001", "Enter an amount")]
    [InlineData("1,000", "no commas")]
    public async Task A_limit_that_cannot_be_is_refused_beside_its_field(string amount, string words)
    {
        await using var firm = await TestFirm.Create(site);
        var (owner, _) = (await firm.Staff(Role.Owner), await firm.Staff(Role.Finance));

        var answer = await (await owner.Browser.Get("/firm/payouts/limit")).Ok().Form("#limit-form").Submit(new { Amount = amount });

        Assert.Contains(words, answer.Is(HttpStatusCode.UnprocessableEntity).TextOf(".field__error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_firm_of_one_person_cannot_lock_its_payouts()
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);

        var answer = await (await owner.Browser.Get("/firm/payouts/limit")).Ok().Form("#limit-form").Submit(new { Amount = "1000" });

        Assert.Contains("At least two people", answer.Is(HttpStatusCode.UnprocessableEntity).TextOf(".field__error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_the_traders_money_never_went_to_is_pointed_out_to_who_decides()
    {
        await using var firm = await TestFirm.Create(site);
        var finance = await firm.Staff(Role.Finance);
        var funded = await firm.FundedTrader();
        await firm.Requested(funded, 200m);
        var first = (await finance.Browser.Get("/firm/payouts")).Ok();
        Assert.DoesNotContain("Not paid to before", first.TextOf("#case"), StringComparison.Ordinal);
        await first.Form("#approve-form").Submit();
        await firm.Until(async () => (await firm.Run<PayoutQueue, PayoutQueue.Clock>(queue => queue.Clocks(default))).Waiting == 0, "The first payout");
        await firm.Until(async () => (await finance.Browser.Get("/firm/payouts?decided=true")).Ok().Text.Contains("Paid", StringComparison.Ordinal), "Its payment");

        // A day between payouts, which this test does not wait for.
        await using var owner = Npgsql.NpgsqlDataSource.Create(site.Database.Options.Owner);
        await using (var earlier = owner.CreateCommand($"update payouts set requested_at = requested_at - interval '2 days' where user_id = '{funded.Trader.Id}'")) await earlier.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var second = await firm.Ask(funded, iban: "GB29 NWBK 6016 1331 9268 19");
        Assert.Null(second.Refusal);
        await firm.Reached(second.Value, PayoutStatus.AwaitingDecision);

        Assert.Contains("Not paid to before", (await finance.Browser.Get("/firm/payouts")).Ok().TextOf("#case"), StringComparison.Ordinal);
    }

    private static Task<Result> Approve(TestFirm firm, Guid payout, TestPerson by) => firm.Run<ApprovePayout, Result>(approve => approve.Run(payout, by.Id, default));

    private static async Task Limit(TestFirm firm, decimal? amount) => Assert.Null((await firm.Run<ChangePayoutLimit, Result>(change => change.Run(amount, default))).Refusal);
}
