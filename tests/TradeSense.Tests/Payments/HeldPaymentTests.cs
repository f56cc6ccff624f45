using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Payments;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Payments;

public sealed class HeldPaymentTests(Site site)
{
    private const string Reason = "The bank kept its charges; we bear them.";

    [Theory]
    [InlineData("400", "400", "388.10")]
    [InlineData("449", "449", "435.68")]
    [InlineData("500", "449", "434.20")]
    public async Task A_released_payment_starts_the_challenge_and_is_booked_as_what_was_paid(string came, string sold, string owed)
    {
        await using var firm = await TestFirm.Create(site);
        var order = await firm.PlaceOrder(await firm.Trader());
        var finance = await firm.Staff(Role.Finance);
        await Hold(firm, order, came);

        var page = await (await finance.Browser.Get("/firm/money/held")).Ok().Form("#decision-form").Submit(new { Reason }, "Release and start");

        Assert.Contains("No payment is held", page.Text, StringComparison.Ordinal);
        Assert.Equal(OrderStatus.Paid, (await firm.Order(order.Id)).Status);
        Assert.Equal(Number(sold), (await firm.Order(order.Id)).Paid.Amount);
        Assert.Single(await firm.Challenges());
        var figures = await firm.Run<LedgerOverview, LedgerOverview.Figures>(overview => overview.Read(default));
        Assert.Equal(Usd(sold), figures.Today.Sales);
        Assert.Equal(Usd("0"), figures.Unmatched);
        // The gateway owes what came, less its fee of 2.9 % and 0.30, less what goes back.
        Assert.Equal(Number(owed), await Balance(firm, LedgerAccountKind.GatewayClearing));
        Assert.Equal([$"{Reason} {finance.UserName}"], await Trail(firm, "payment.released"));
    }

    [Fact]
    public async Task A_refunded_payment_leaves_the_books_as_they_were_and_closes_the_order()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var order = await firm.PlaceOrder(trader);
        var owner = await firm.Staff(Role.Owner);
        await Hold(firm, order, "400");

        var form = (await owner.Browser.Get("/firm/money/held")).Ok().Form("#decision-form");
        Assert.Contains("its reference of the refund", (await form.Submit(new { Reason })).Is(HttpStatusCode.UnprocessableEntity).Text, StringComparison.Ordinal);
        Assert.Contains("Say why", (await form.Submit(new { Reference = "re_77" })).Is(HttpStatusCode.UnprocessableEntity).Text, StringComparison.Ordinal);
        (await form.Submit(new { Reason, Reference = "re_77" })).Ok();

        Assert.Equal(OrderStatus.Refunded, (await firm.Order(order.Id)).Status);
        Assert.Empty(await firm.Challenges());
        Assert.Equal(0m, await Balance(firm, LedgerAccountKind.GatewayClearing));
        Assert.Equal(0m, await Balance(firm, LedgerAccountKind.UnmatchedReceipts));
        Assert.Contains("re_77", await firm.MailTo(trader.Email), StringComparison.Ordinal);
        Assert.Contains("Your payment was refunded", (await trader.Browser.Get($"/checkout/{order.Id}")).Ok().Text, StringComparison.Ordinal);
        Assert.Equal([$"{Reason} {owner.UserName}"], await Trail(firm, "payment.refunded"));
    }

    [Fact]
    public async Task A_payment_is_decided_once_however_many_decide_at_the_same_time()
    {
        await using var firm = await TestFirm.Create(site);
        var order = await firm.PlaceOrder(await firm.Trader());
        var owner = await firm.Staff(Role.Owner);
        var held = await Hold(firm, order, "400");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => firm.Run(async services => i % 2 == 0
            ? await services.GetRequiredService<ReleasePayment>().Run(held, Reason, owner.Id, default)
            : await services.GetRequiredService<RefundPayment>().Run(new(held, Reason, $"re_{i}", owner.Id), default))));

        Assert.Single(outcomes, outcome => !outcome.IsRefused);
        Assert.All(outcomes.Where(outcome => outcome.IsRefused), outcome => Assert.Equal(PaymentRefusal.NotHeld.Code, outcome.Refusal!.Code));
        Assert.Equal(0m, await Balance(firm, LedgerAccountKind.UnmatchedReceipts));
    }

    [Theory]
    [InlineData("449", "EUR")]
    [InlineData("449", "XXX")]
    [InlineData("449.001", "USD")]
    public async Task Money_that_cannot_pay_the_order_can_only_be_refunded(string amount, string currency)
    {
        await using var firm = await TestFirm.Create(site);
        var order = await firm.PlaceOrder(await firm.Trader());
        var owner = await firm.Staff(Role.Owner);
        var held = await Hold(firm, order, amount, currency);

        var page = (await owner.Browser.Get("/firm/money/held")).Ok();
        var released = await firm.Run<ReleasePayment, TradeSense.Modules.Result>(release => release.Run(held, Reason, owner.Id, default));

        Assert.DoesNotContain("Release and start", page.Text, StringComparison.Ordinal);
        Assert.Equal(PaymentRefusal.OtherCurrency.Code, released.Refusal!.Code);
        (await page.Form("#decision-form").Submit(new { Reason, Reference = "re_1" })).Ok();
        Assert.Equal(OrderStatus.Refunded, (await firm.Order(order.Id)).Status);
    }

    [Fact]
    public async Task Money_on_top_of_a_paid_order_is_refunded_and_the_order_stays_paid()
    {
        await using var firm = await TestFirm.Create(site);
        var order = await firm.PlaceOrder(await firm.Trader());
        var owner = await firm.Staff(Role.Owner);
        await firm.Report(order.Paid());
        await firm.Settled(order.Id, OrderStatus.Paid);
        await firm.Report(order.Paid("evt_2") with { Reference = "pay_2" });
        var held = await HeldOf(firm);

        var released = await firm.Run<ReleasePayment, TradeSense.Modules.Result>(release => release.Run(held, Reason, owner.Id, default));
        var refunded = await firm.Run<RefundPayment, TradeSense.Modules.Result>(refund => refund.Run(new(held, Reason, "re_9", owner.Id), default));

        Assert.Equal(PaymentRefusal.NothingToStart.Code, released.Refusal!.Code);
        Assert.False(refunded.IsRefused);
        Assert.Equal(OrderStatus.Paid, (await firm.Order(order.Id)).Status);
        Assert.Single(await firm.Challenges());
    }

    [Theory]
    [InlineData(Role.Risk, HttpStatusCode.OK)]
    [InlineData(Role.Support, HttpStatusCode.Forbidden)]
    public async Task Who_may_not_decide_about_money_is_offered_no_decision_and_a_forged_one_is_refused(Role role, HttpStatusCode seen)
    {
        await using var firm = await TestFirm.Create(site);
        var order = await firm.PlaceOrder(await firm.Trader());
        var (owner, person) = (await firm.Staff(Role.Owner), await firm.Staff(role));
        var held = await Hold(firm, order, "400");

        var page = await person.Browser.Get("/firm/money/held");
        var token = (await person.Browser.Get("/firm")).Ok().All("input[name=__RequestVerificationToken]")[0].GetAttribute("value")!;
        var forged = await person.Browser.Post($"/firm/money/held?handler=Release&id={held}", new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Form.Reason", Reason)]));

        Assert.Equal(seen, page.Status);
        Assert.False(page.Has("#decision-form"));
        forged.Is(HttpStatusCode.Forbidden);
        Assert.Equal(OrderStatus.Held, (await firm.Order(order.Id)).Status);
        Assert.True((await owner.Browser.Get("/firm/money/held")).Ok().Has("#decision-form"));
    }

    [Fact]
    public async Task The_overview_counts_it_and_leads_to_it()
    {
        await using var firm = await TestFirm.Create(site);
        var order = await firm.PlaceOrder(await firm.Trader());
        var owner = await firm.Staff(Role.Owner);
        await Hold(firm, order, "400");

        Assert.Contains("href=\"/firm/money/held\"", (await owner.Browser.Get("/firm")).Ok().Source, StringComparison.Ordinal);
    }

    private static async Task<Guid> Hold(TestFirm firm, Order order, string amount, string currency = "USD")
    {
        // What equals the price is held when it comes by another page than the one opened for the order.
        var report = order.Paid(amount: amount, currency: currency);
        await firm.Report(amount == "449" && currency == "USD" ? report with { Session = "another" } : report);
        await firm.Settled(order.Id, OrderStatus.Held);
        return await HeldOf(firm);
    }

    private static async Task<Guid> HeldOf(TestFirm firm)
    {
        Guid? id = null;
        await firm.Until(async () => (id = await firm.Run(services => services.GetRequiredService<TradeSenseDb>().Set<HeldPayment>().Select(held => (Guid?)held.Id).SingleOrDefaultAsync())) is not null, "The held payment");
        return id!.Value;
    }

    private static Task<decimal> Balance(TestFirm firm, LedgerAccountKind kind) => firm.Run(async services =>
    {
        var db = services.GetRequiredService<TradeSenseDb>();
        return await (from account in db.Set<LedgerAccount>() join posting in db.Set<LedgerPosting>() on account.Id equals posting.AccountId where account.Kind == kind select posting.Amount).SumAsync();
    });

    private static async Task<IEnumerable<string>> Trail(TestFirm firm, string action) =>
        (await firm.Site.Audit("select details::jsonb ->> 'reason', actor from audit_entries where tenant_id = $1 and action = $2", firm.Tenant.Id, action)).Select(row => $"{row[0]} {row[1]}");

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Money Usd(string text) => new(Number(text), Currency.Usd);
}
