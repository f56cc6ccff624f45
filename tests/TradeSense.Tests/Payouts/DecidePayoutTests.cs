using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Payouts;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Payments;

namespace TradeSense.Tests.Payouts;

[Collection("Prices of ETHUSD")]
public sealed class DecidePayoutTests(Site site)
{
    [Fact]
    public async Task An_approved_payout_is_paid_booked_and_has_a_receipt()
    {
        await using var firm = await TestFirm.Create(site);
        var finance = await firm.Staff(Role.Finance);
        var funded = await firm.FundedTrader();
        var id = await firm.Requested(funded);

        var page = (await finance.Browser.Get("/firm/payouts")).Ok();
        Assert.Contains("DE89370400440532013000", page.TextOf("#case"), StringComparison.Ordinal);
        await page.Form("#approve-form").Submit();
        await firm.Reached(id, PayoutStatus.Paid);

        Assert.Equal(-400m, await firm.LedgerBalance(LedgerAccountName.Bank));
        Assert.Equal(0m, await firm.LedgerBalance(LedgerAccountName.PayoutPayable(funded.Trader.Id)));
        var receipt = (await funded.Trader.Browser.Get($"/trader/payouts/{id}/receipt")).Ok();
        Assert.Contains("BANK-", receipt.Text, StringComparison.Ordinal);
        Assert.Contains("$400.00", receipt.Text, StringComparison.Ordinal);
        Assert.Contains("Your payout is paid", await firm.MailTo(funded.Trader.Email), StringComparison.Ordinal);
        Assert.Equal(1L, (await site.Audit("select count(*) from audit_entries where tenant_id = $1 and action = 'payout.approved'", firm.Tenant.Id))[0][0]);
    }

    [Fact]
    public async Task A_rejected_payout_gives_the_profit_back_and_says_why()
    {
        await using var firm = await TestFirm.Create(site);
        var finance = await firm.Staff(Role.Finance);
        var funded = await firm.FundedTrader();
        var id = await firm.Requested(funded);
        var form = (await finance.Browser.Get($"/firm/payouts?id={id}")).Ok().Form("#reject-form");

        var refused = await form.Submit(new { Reason = "no" });
        Assert.Contains("Say why", refused.Is(HttpStatusCode.UnprocessableEntity).TextOf("#decision"), StringComparison.Ordinal);
        await form.Submit(new { Reason = "The trades hedge against another account of yours." });
        await firm.Until(async () => await firm.Balance(funded.Account) == 10_500m, "The profit back in the account");

        Assert.Equal(PayoutStatus.Rejected, (await firm.Payout(id)).Status);
        Assert.Equal(0m, await firm.LedgerBalance(LedgerAccountName.PayoutPayable(funded.Trader.Id)));
        Assert.Equal(0m, await firm.LedgerBalance(LedgerAccountName.ProfitShare));
        Assert.Contains("hedge against another account", await firm.MailTo(funded.Trader.Email), StringComparison.Ordinal);
        Assert.Equal(400m, (await firm.Run<PayoutQuote, PayoutQuote.View?>(quotes => quotes.Read(funded.Trader.Id, null, null, default)))!.Sums.Share.Amount);
    }

    [Fact]
    public async Task Of_forty_decisions_at_once_one_counts()
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);
        var funded = await firm.FundedTrader();
        var id = await firm.Requested(funded);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => i % 2 == 0
            ? firm.Run<ApprovePayout, Result>(approve => approve.Run(id, owner.Id, default))
            : firm.Run<RejectPayout, Result>(reject => reject.Run(id, "A reason long enough.", owner.Id, default))));
        await firm.Until(async () => (await firm.Payout(id)).Status is PayoutStatus.Paid or PayoutStatus.Rejected, "The decision's end");

        Assert.Single(outcomes, outcome => !outcome.IsRefused);
        var isPaid = (await firm.Payout(id)).Status is PayoutStatus.Paid;
        Assert.Equal(isPaid ? -400m : 0m, await firm.LedgerBalance(LedgerAccountName.Bank));
        await firm.Until(async () => await firm.Balance(funded.Account) == (isPaid ? 10_000m : 10_500m), "The account's balance");
    }

    [Fact]
    public async Task Support_sees_no_money_and_risk_decides_none()
    {
        await using var firm = await TestFirm.Create(site);
        var (support, risk, finance) = (await firm.Staff(Role.Support), await firm.Staff(Role.Risk), await firm.Staff(Role.Finance));
        var id = await firm.Requested(await firm.FundedTrader());

        (await support.Browser.Get("/firm/payouts")).Is(HttpStatusCode.Forbidden);
        Assert.False((await risk.Browser.Get("/firm/payouts")).Ok().Has("#decision"));
        var token = (await risk.Browser.Get("/firm/payouts")).Ok().All("input[name=__RequestVerificationToken]")[0].GetAttribute("value")!;
        var forged = await risk.Browser.Post($"/firm/payouts?id={id}&handler=Approve", new FormUrlEncodedContent([new("__RequestVerificationToken", token)]));

        forged.Is(HttpStatusCode.Forbidden);
        Assert.True((await finance.Browser.Get("/firm/payouts")).Ok().Has("#decision"));
        Assert.Equal(PayoutStatus.AwaitingDecision, (await firm.Payout(id)).Status);
    }

    [Fact]
    public async Task The_next_case_opens_by_itself()
    {
        await using var firm = await TestFirm.Create(site);
        var finance = await firm.Staff(Role.Finance);
        var (first, second) = (await firm.FundedTrader(), await firm.FundedTrader(profit: 300m));
        await firm.Requested(first);
        await firm.Requested(second);

        var page = (await finance.Browser.Get("/firm/payouts")).Ok();
        Assert.Contains(first.Trader.UserName, page.TextOf("#case-title"), StringComparison.Ordinal);
        var next = (await page.Form("#approve-form").Submit()).Ok();

        Assert.Contains(second.Trader.UserName, next.TextOf("#case-title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_who_decide_are_told_when_the_day_nears_its_end_and_when_it_is_over()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        await using var own = await Site.At(clock);
        await using var firm = await TestFirm.Create(own);
        var finance = await firm.Staff(Role.Finance);
        await firm.Requested(await firm.FundedTrader());

        Assert.Equal(0, await Warn(firm));
        clock.Advance(TimeSpan.FromHours(20.5));
        Assert.Equal((1, 0), (await Warn(firm), await Warn(firm)));
        Assert.Contains("is due in 4 hours", await firm.MailTo(finance.Email), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromHours(4));
        Assert.Equal((1, 0), (await Warn(firm), await Warn(firm)));
        Assert.Contains("is overdue", await firm.MailTo(finance.Email), StringComparison.Ordinal);
        Assert.Equal(1, (await firm.Run<PayoutQueue, PayoutQueue.Clock>(queue => queue.Clocks(default))).Overdue);
    }

    private static Task<int> Warn(TestFirm firm) => firm.Run<WarnOfPayoutClocks, int>(warn => warn.Run(default));
}
