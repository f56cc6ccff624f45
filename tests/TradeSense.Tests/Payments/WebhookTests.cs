using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Payments;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Payments;

public sealed class WebhookTests(Site site)
{
    [Fact]
    public async Task The_same_event_fifty_times_at_once_is_one_sale_and_one_challenge()
    {
        await using var firm = await TestFirm.Create(site);
        var order = await firm.PlaceOrder(await firm.Trader());

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => firm.Report(order.Paid())));
        await firm.Settled(order.Id, OrderStatus.Paid);
        var later = await firm.Report(order.Paid());
        await firm.DrainOutbox();

        Assert.All(answers.Append(later), answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Single(await firm.Challenges());
        Assert.Equal(1, await firm.TransfersOf(LedgerTransferKind.Sale));
        Assert.Equal([51], (await site.Audit("select times_seen from inbox_messages where tenant_id = $1", firm.Tenant.Id)).Select(row => (int)row[0]!));
    }

    [Fact]
    public async Task Two_events_that_report_one_payment_are_one_sale()
    {
        await using var firm = await TestFirm.Create(site);
        var order = await firm.PlaceOrder(await firm.Trader());

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => firm.Report(order.Paid($"evt_{i}"))));
        await firm.Settled(order.Id, OrderStatus.Paid);
        await firm.DrainOutbox();

        Assert.Single(await firm.Challenges());
        Assert.Equal(1, await firm.TransfersOf(LedgerTransferKind.Sale));
        Assert.Equal(0, await firm.TransfersOf(LedgerTransferKind.UnmatchedReceipt));
    }

    public enum Forgery { OtherSecret, TooOld, FromTheFuture, ChangedBody, OtherFirmsSecret }

    [Theory]
    [InlineData(Forgery.OtherSecret)]
    [InlineData(Forgery.TooOld)]
    [InlineData(Forgery.FromTheFuture)]
    [InlineData(Forgery.ChangedBody)]
    [InlineData(Forgery.OtherFirmsSecret)]
    public async Task A_call_without_a_good_signature_is_refused_and_leaves_nothing(Forgery forgery)
    {
        await using var firm = await TestFirm.Create(site);
        await using var other = await TestFirm.Create(site);
        var order = await firm.PlaceOrder(await firm.Trader());
        var now = firm.Clock.GetUtcNow();

        var answer = forgery switch
        {
            Forgery.OtherSecret => await firm.Report(order.Paid(), secret: new byte[32]),
            Forgery.TooOld => await firm.Report(order.Paid(), at: now.AddMinutes(-6)),
            Forgery.FromTheFuture => await firm.Report(order.Paid(), at: now.AddMinutes(6)),
            Forgery.ChangedBody => await firm.Report(order.Paid(), change: body => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace("evt_1", "evt_2", StringComparison.Ordinal))),
            Forgery.OtherFirmsSecret => await firm.Report(order.Paid(), secret: await other.Secret()),
            _ => throw new ArgumentOutOfRangeException(nameof(forgery)),
        };
        await firm.DrainOutbox();

        Assert.Equal(HttpStatusCode.Unauthorized, answer);
        Assert.Equal(OrderStatus.AwaitingPayment, (await firm.Order(order.Id)).Status);
        Assert.Empty(await site.Audit("select 1 from inbox_messages where tenant_id = $1", firm.Tenant.Id));
        Assert.Empty(await firm.Challenges());
    }

    [Theory]
    [InlineData("448.99", "USD", "payments.amount_mismatch")]
    [InlineData("0.01", "USD", "payments.amount_mismatch")]
    [InlineData("449", "EUR", "payments.currency_mismatch")]
    [InlineData("449", "XXX", "payments.currency_mismatch")]
    [InlineData("449.001", "USD", "payments.amount_mismatch")]
    public async Task Money_that_is_not_the_orders_is_held_for_all_to_see_and_starts_nothing(string amount, string currency, string problem)
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var owner = await firm.Staff(Role.Owner);
        var order = await firm.PlaceOrder(trader);

        Assert.Equal(HttpStatusCode.OK, await firm.Report(order.Paid(amount: amount, currency: currency)));
        await firm.Settled(order.Id, OrderStatus.Held);

        Assert.Equal(problem, (await firm.Order(order.Id)).Problem);
        Assert.Empty(await firm.Challenges());
        Assert.Equal(0, await firm.TransfersOf(LedgerTransferKind.Sale));
        Assert.Contains("We are checking your payment", (await trader.Browser.Get($"/checkout/{order.Id}")).Ok().Text, StringComparison.Ordinal);
        Assert.Contains("A payment is held", await firm.MailTo(owner.Email), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_held_payment_is_in_the_books_as_owed_back()
    {
        await using var firm = await TestFirm.Create(site);
        var order = await firm.PlaceOrder(await firm.Trader());

        await firm.Report(order.Paid(amount: "400"));
        await firm.Settled(order.Id, OrderStatus.Held);

        var figures = await firm.Run<LedgerOverview, LedgerOverview.Figures>(overview => overview.Read(default));
        Assert.Equal(new Money(400m, Currency.Usd), figures.Unmatched);
        Assert.Equal(Money.Zero(Currency.Usd), figures.Today.Sales);
    }

    [Fact]
    public async Task A_failed_payment_is_shown_on_the_order_and_can_be_tried_again()
    {
        await using var firm = await TestFirm.Create(site);
        var order = await firm.PlaceOrder(await firm.Trader());

        await firm.Report(order.Paid() with { Type = "payment.failed", Problem = "sandbox.declined" });
        await firm.Until(async () => (await firm.Order(order.Id)).Problem is not null, "The problem on the order");
        await firm.Report(order.Paid("evt_2"));
        await firm.Settled(order.Id, OrderStatus.Paid);

        Assert.Null((await firm.Order(order.Id)).Problem);
    }

    [Theory]
    [InlineData("unheard-of", HttpStatusCode.NotFound)]
    [InlineData("sandbox", HttpStatusCode.BadRequest)]
    public async Task A_gateway_nobody_uses_is_not_found_and_a_signed_riddle_is_refused(string gateway, HttpStatusCode expected)
    {
        await using var firm = await TestFirm.Create(site);
        var order = await firm.PlaceOrder(await firm.Trader());

        Assert.Equal(expected, await firm.Report(order.Paid() with { Type = "payment.unheard_of" }, gateway: gateway));
    }

    [Fact]
    public async Task A_body_beyond_all_reason_is_not_even_read()
    {
        await using var firm = await TestFirm.Create(site);
        var order = await firm.PlaceOrder(await firm.Trader());

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await firm.Report(order.Paid(), change: _ => new byte[100_000]));
    }

    [Fact]
    public async Task A_sale_shows_in_the_firms_figures_with_the_gateways_fee()
    {
        await using var firm = await TestFirm.Create(site);
        var order = await firm.PlaceOrder(await firm.Trader());

        await firm.Report(order.Paid());
        await firm.Settled(order.Id, OrderStatus.Paid);

        var figures = await firm.Run<LedgerOverview, LedgerOverview.Figures>(overview => overview.Read(default));
        Assert.Equal(new Money(449m, Currency.Usd), figures.Today.Sales);
        // 2.9 % of 449.00 is 13.021, with 0.30 it is 13.321: 13.32.
        Assert.Equal(new Money(13.32m, Currency.Usd), figures.Month.Fees);
        Assert.Equal(new Money(435.68m, Currency.Usd), figures.Week.Net);
    }

    [Fact]
    public async Task A_crash_between_the_answer_and_the_work_loses_nothing()
    {
        await using var firm = await TestFirm.Create(site);
        var order = await firm.PlaceOrder(await firm.Trader());

        // The answer means stored: the event and the promise to act on it are in the database before anything acts.
        await firm.Report(order.Paid());

        var promised = await firm.Run(services => services.GetRequiredService<TradeSenseDb>().Set<OutboxMessage>().CountAsync(message => message.Kind == "payments.event"));
        Assert.Equal(1, promised);
    }
}
