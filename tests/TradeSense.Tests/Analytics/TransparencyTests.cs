using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Analytics.Transparency;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Payouts;
using TradeSense.Modules.Risk.Appeals;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Risk;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Analytics;

public sealed class TransparencyTests(Site site)
{
    [Fact]
    public async Task A_brand_where_nothing_happened_says_so_and_one_with_little_gives_no_percentage()
    {
        await using var empty = await TestFirm.Create(site);
        Assert.Contains("Nothing has happened yet", (await empty.Client().Get("/transparency")).Ok().Text, StringComparison.Ordinal);

        await using var desk = await TestDesk.Open(site);
        await BreachedAccount.Receipt(site, desk);
        var page = (await desk.Firm.Client().Get("/transparency?days=0")).Ok();
        Assert.Contains("1 verdict", page.TextOf("#verdicts"), StringComparison.Ordinal);
        Assert.Contains("Overall loss", page.TextOf("#verdicts"), StringComparison.Ordinal);
        Assert.Contains("too few to say", page.TextOf("#figures"), StringComparison.Ordinal);
        Assert.Contains("Nobody appealed", (await desk.Firm.Client().Get("/transparency?days=0&list=appeals")).Ok().Text, StringComparison.Ordinal);
        Assert.Contains("No payout in this period", (await desk.Firm.Client().Get("/transparency?days=0&list=payouts")).Ok().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payouts_are_counted_from_the_ledger_with_what_was_reversed_left_out()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 3, 12, 0, 0, TimeSpan.Zero));
        await using var own = await Site.At(clock);
        await using var firm = await TestFirm.Create(own);
        var trader = await firm.Trader();
        var visitor = firm.Client();
        // One that took each of 1 to 21 hours, of ten times as many dollars; the slowest comes back from the bank.
        for (var hours = 1; hours <= 21; hours++) await Paid(firm, trader.Id, hours, hours * 10m);
        await Reverse(firm, "Payout of 21 hours");

        var page = (await visitor.Get("/transparency?days=30&list=payouts")).Ok();

        var figures = page.TextOf("#figures");
        Assert.Contains("10 h 0 min", figures, StringComparison.Ordinal);
        Assert.Contains("19 h 0 min", figures, StringComparison.Ordinal);
        Assert.Contains("20 payouts, from the ledger", figures, StringComparison.Ordinal);
        Assert.Contains("2,100", figures, StringComparison.Ordinal);
        Assert.Contains("20 payouts", page.TextOf("#payouts"), StringComparison.Ordinal);
        Assert.DoesNotContain("21 h", page.TextOf("#payouts"), StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromDays(40));
        for (var i = 0; i < 6; i++) await Paid(firm, trader.Id, 2, 5m);
        var month = (await visitor.Get("/transparency?days=30&list=payouts")).Ok();
        Assert.Contains("6 payouts, from the ledger", month.TextOf("#figures"), StringComparison.Ordinal);
        Assert.Contains("too few to say: 6 of the 20", month.TextOf("#figures"), StringComparison.Ordinal);
        var read = await firm.Run<BrandRecord, BrandRecord.Figures>(record => record.Read(90, default));
        Assert.Equal((26, 2_130m), (read.Payouts, read.Paid.Amount));

        // The list behind the figure, page by page, sums to it, and both to what left the bank.
        var (first, second) = (await Page(firm, 1), await Page(firm, 2));
        Assert.Equal((25, 1, 2, 26), (first.Rows.Count, second.Rows.Count, first.Pages, first.Total));
        Assert.Equal(read.Paid.Amount, first.Rows.Concat(second.Rows).Sum(row => row.Amount.Amount));
        Assert.Equal(-read.Paid.Amount, (await firm.Run<LedgerStatement, Money>(statement => statement.Balance(LedgerAccountName.Bank, Currency.Usd, default))).Amount);
        Assert.Contains("1 h 0 min", (await visitor.Get("/transparency?days=90&list=payouts&p=2")).Ok().TextOf("#payouts") + (await visitor.Get("/transparency?days=90&list=payouts&p=1")).Ok().TextOf("#payouts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Appeals_are_counted_by_how_they_ended_and_whether_the_promise_was_kept()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 3, 12, 0, 0, TimeSpan.Zero));
        await using var own = await Site.At(clock);
        await using var desk = await TestDesk.Open(own);
        var (trader, one, other) = (await desk.Firm.Trader(), await desk.Firm.Staff(Role.Risk), await desk.Firm.Staff(Role.Owner));
        var appeals = new List<Guid>();
        for (var i = 0; i < 6; i++) appeals.Add(await AppealScenes.Filed(desk, trader.Id));
        foreach (var appeal in appeals.Take(3)) Assert.Null((await desk.Firm.Run<UpholdVerdict, Result>(uphold => uphold.Run(appeal, AppealScenes.Reason, one.Id, default))).Refusal);
        Assert.Null((await desk.Firm.Run<ProposeOverturn, Result>(propose => propose.Run(new(appeals[3], AppealScenes.Reason, null, one.Id), default))).Refusal);
        Assert.Null((await desk.Firm.Run<ConfirmOverturn, Result>(confirm => confirm.Run(appeals[3], other.Id, default))).Refusal);
        clock.Advance(TimeSpan.FromHours(73));
        Assert.Null((await desk.Firm.Run<UpholdVerdict, Result>(uphold => uphold.Run(appeals[4], AppealScenes.Reason, one.Id, default))).Refusal);

        var page = (await desk.Firm.Client().Get("/transparency?days=30&list=appeals")).Ok();

        Assert.Contains("5 answered, 80 % within the promise; 1 overdue now", page.TextOf("#figures"), StringComparison.Ordinal);
        Assert.Contains("20 %", page.TextOf("#figures"), StringComparison.Ordinal);
        Assert.Contains("1 of 5 answered appeals", page.TextOf("#figures"), StringComparison.Ordinal);
        var list = page.TextOf("#appeals");
        Assert.Equal((4, 1, 1, 1), (Count(list, "kept"), Count(list, "missed"), Count(list, "overdue"), Count(list, "Overturned")));
        Assert.Contains("6 verdicts", (await desk.Firm.Client().Get("/transparency?days=30")).Ok().TextOf("#verdicts"), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromDays(40));
        var later = await desk.Firm.Run<BrandRecord, BrandRecord.Figures>(record => record.Read(30, default));
        Assert.Equal((0, 0, 0, 1), (later.Ended, later.Filed, later.Answered, later.Overdue));
    }

    private static int Count(string text, string word) => text.Split(word).Length - 1;

    private static Task<BrandRecord.Page<BrandRecord.PayoutLine>> Page(TestFirm firm, int number) => firm.Run<BrandRecord, BrandRecord.Page<BrandRecord.PayoutLine>>(record => record.Payouts(90, number, default));

    /// <summary>A payout that was asked for so many hours ago and is booked as paid now.</summary>
    private static async Task Paid(TestFirm firm, Guid trader, int hours, decimal amount) => await firm.Run(async services =>
    {
        var (db, post) = (services.GetRequiredService<TradeSenseDb>(), services.GetRequiredService<PostTransfer>());
        var (now, money) = (firm.Clock.GetUtcNow(), new Money(amount, Currency.Usd));
        var payout = new Payout
        {
            Id = Guid.CreateVersion7(), Number = await db.Set<Payout>().CountAsync() + 1, IdempotencyKey = Guid.CreateVersion7(), UserId = trader, AccountId = Guid.CreateVersion7(), ChallengeId = Guid.CreateVersion7(),
            Currency = Currency.Usd, Profit = amount * 2, Split = new Percent(50), Amount = amount, Holder = "A", Destination = [1], DestinationEnd = "0000", RequestedAt = now.AddHours(-hours), DueAt = now,
        };
        payout.Await();
        payout.Approve(trader, takesTwo: false, now);
        payout.Pay("ref", now);
        db.Add(payout);
        await db.SaveChangesAsync();
        foreach (var (kind, debit, credit) in ((LedgerTransferKind, LedgerAccountName, LedgerAccountName)[])
                 [(LedgerTransferKind.PayoutReserve, LedgerAccountName.ProfitShare, LedgerAccountName.PayoutPayable(trader)), (LedgerTransferKind.PayoutPaid, LedgerAccountName.PayoutPayable(trader), LedgerAccountName.Bank)])
            Assert.Null((await post.Run(new($"{kind}:{payout.Id}", kind, payout.Subject, $"Payout of {hours} hours", [new(debit, money), new(credit, new Money(-amount, Currency.Usd))]), default)).Refusal);
    });

    private static async Task Reverse(TestFirm firm, string description) => await firm.Run(async services =>
    {
        var transfer = await services.GetRequiredService<TradeSenseDb>().Set<LedgerTransfer>().SingleAsync(row => row.Description == description && row.Kind == LedgerTransferKind.PayoutPaid);
        Assert.Null((await services.GetRequiredService<ReverseTransfer>().Run(new(transfer.Id, "returned", "The bank sent it back"), default)).Refusal);
    });
}
