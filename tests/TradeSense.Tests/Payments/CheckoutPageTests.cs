using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Payments;
using TradeSense.Tests.Challenges;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Payments;

public sealed class CheckoutPageTests(Site site)
{
    [Fact]
    public async Task A_trader_buys_a_challenge_and_the_order_leads_to_the_account()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();

        var summary = (await trader.Browser.Get(PaymentScenes.Offer)).Ok();
        Assert.Contains("$449", summary.TextOf("#checkout-form"), StringComparison.Ordinal);
        var payment = (await summary.Form("#checkout-form").Submit()).Ok();
        Assert.Contains("Test mode", payment.Text, StringComparison.OrdinalIgnoreCase);
        var order = (await payment.Form("#card-form").Submit(PaymentScenes.GoodCard)).Ok();
        Assert.StartsWith("/checkout/", order.Address.AbsolutePath, StringComparison.Ordinal);

        var id = Guid.Parse(order.Address.Segments[^1]);
        await firm.Settled(id, OrderStatus.Paid);
        Assert.Contains("Your account is ready", (await trader.Browser.GetFragment($"/checkout/{id}?handler=Status")).Ok().Text, StringComparison.Ordinal);
        Assert.Contains("Total paid", (await trader.Browser.Get($"/trader/orders/{id}/receipt")).Ok().Text, StringComparison.Ordinal);
        Assert.Contains("Payment received", await firm.MailTo(trader.Email), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_of_a_challenge_without_phases_leads_to_the_identity_check()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var order = await firm.PlaceOrder(trader, (await firm.Sell(SampleModel.Make() with { Phases = [] })).Id);

        await firm.Report(order.Paid());
        await firm.Settled(order.Id, OrderStatus.Paid);

        Assert.Contains("Your identity check is next", (await trader.Browser.Get($"/checkout/{order.Id}")).Ok().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_price_changed_in_the_browser_is_refused_with_the_right_one_and_orders_nothing()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();

        var page = await (await trader.Browser.Get(PaymentScenes.Offer)).Ok().Form("#checkout-form").Tamper("Form.SeenPrice", "1");

        Assert.Contains("449.00 USD", page.Is(HttpStatusCode.UnprocessableEntity).TextOf("#checkout-form"), StringComparison.Ordinal);
        Assert.Equal(0, await Orders(firm));
    }

    [Theory]
    [InlineData("Form.Size", "100001")]
    [InlineData("Form.Size", "-100000")]
    [InlineData("Form.Size", "1e5")]
    [InlineData("Form.SeenPrice", "449,00")]
    [InlineData("Form.ModelVersionId", "00000000-0000-0000-0000-000000000001")]
    [InlineData("Form.Key", "not a key")]
    public async Task What_is_not_on_offer_cannot_be_ordered(string field, string value)
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();

        var page = await (await trader.Browser.Get(PaymentScenes.Offer)).Ok().Form("#checkout-form").Tamper(field, value);

        Assert.True(page.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.NotFound, page.Status.ToString());
        Assert.Equal(0, await Orders(firm));
    }

    [Fact]
    public async Task A_form_sent_ten_times_at_once_is_one_order()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var form = (await trader.Browser.Get(PaymentScenes.Offer)).Ok().Form("#checkout-form");

        var pages = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => form.Submit()));

        Assert.Equal(1, await Orders(firm));
        Assert.Single(pages.Select(page => page.Ok().Address).Distinct());
    }

    [Fact]
    public async Task Another_traders_order_is_not_there()
    {
        await using var firm = await TestFirm.Create(site);
        var (anna, boris) = (await firm.Trader("anna"), await firm.Trader("boris"));
        var order = await firm.PlaceOrder(anna);

        foreach (var path in (string[])[$"/checkout/{order.Id}", $"/checkout/{order.Id}?handler=Status", $"/trader/orders/{order.Id}/receipt"])
            (await boris.Browser.Get(path)).Is(HttpStatusCode.NotFound);
        Assert.DoesNotContain("Stellar", (await boris.Browser.Get("/trader/orders")).Ok().TextOf("main"), StringComparison.Ordinal);
        Assert.Contains("Stellar 2-Step", (await anna.Browser.Get("/trader/orders")).Ok().TextOf("main"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4242 4242 4242 4241", "12/99", "123", "Check each digit")]
    [InlineData("4242", "12/99", "123", "13 to 19 digits")]
    [InlineData("", "12/99", "123", "13 to 19 digits")]
    [InlineData("4242 4242 4242 4242", "13/30", "123", "month and year")]
    [InlineData("4242 4242 4242 4242", "01/20", "123", "has expired")]
    [InlineData("4242 4242 4242 4242", "12/99", "12", "three digits")]
    [InlineData("5555 5555 5555 4444", "12/99", "123", "only the test cards")]
    [InlineData("4000 0000 0000 0002", "12/99", "123", "was declined")]
    [InlineData("4000 0000 0000 9995", "12/99", "123", "insufficient funds")]
    public async Task A_card_that_does_not_work_says_why_beside_the_field_and_pays_nothing(string number, string expiry, string code, string words)
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var order = await firm.PlaceOrder(trader);

        var page = await (await trader.Browser.Get($"/sandbox/pay/{order.SessionId}")).Ok().Form("#card-form").Submit(new { Number = number, Expiry = expiry, SecurityCode = code });

        Assert.Contains(words, page.Is(HttpStatusCode.UnprocessableEntity).TextOf("#card-form"), StringComparison.Ordinal);
        await firm.DrainOutbox();
        Assert.Equal(OrderStatus.AwaitingPayment, (await firm.Order(order.Id)).Status);
        Assert.Empty(await firm.Challenges());
    }

    [Theory]
    [InlineData("true", OrderStatus.Paid)]
    [InlineData("false", OrderStatus.AwaitingPayment)]
    public async Task A_card_that_needs_confirmation_pays_only_when_confirmed(string answer, OrderStatus expected)
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var order = await firm.PlaceOrder(trader);
        var card = (await trader.Browser.Get($"/sandbox/pay/{order.SessionId}")).Ok().Form("#card-form");

        var confirm = (await card.Submit(new { Number = "4000 0000 0000 3220", Expiry = "12/99", SecurityCode = "123" })).Ok();
        await confirm.Form("#confirm-form").Tamper("approved", answer);

        if (expected is OrderStatus.Paid) await firm.Settled(order.Id, OrderStatus.Paid);
        else await firm.Until(async () => (await firm.Order(order.Id)).Problem is "sandbox.confirmation_failed", "The refusal on the order");
        Assert.Equal(expected, (await firm.Order(order.Id)).Status);
    }

    [Fact]
    public async Task A_payment_whose_page_got_no_answer_arrives_late()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        await using var own = await Site.At(clock);
        await using var firm = await TestFirm.Create(own);
        var trader = await firm.Trader();
        var order = await firm.PlaceOrder(trader);
        var card = (await trader.Browser.Get($"/sandbox/pay/{order.SessionId}")).Ok().Form("#card-form");

        var page = await card.Submit(new { Number = "4000 0000 0000 0119", Expiry = "12/99", SecurityCode = "123" });
        await firm.DrainOutbox();
        Assert.Contains("The bank has not answered", page.Ok().Text, StringComparison.Ordinal);
        Assert.Equal(OrderStatus.AwaitingPayment, (await firm.Order(order.Id)).Status);

        clock.Advance(TimeSpan.FromSeconds(30));
        await firm.Settled(order.Id, OrderStatus.Paid);
    }

    [Fact]
    public async Task A_firm_that_does_not_use_the_sandbox_has_none_of_its_pages()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var order = await firm.PlaceOrder(trader);
        await firm.Run(services => services.GetRequiredService<TradeSenseDb>().Database.ExecuteSqlAsync($"update payment_gateways set is_enabled = false"));

        (await trader.Browser.Get($"/sandbox/pay/{order.SessionId}")).Is(HttpStatusCode.NotFound);
        var refused = await (await trader.Browser.Get(PaymentScenes.Offer)).Ok().Form("#checkout-form").Submit();

        Assert.Contains("No way to pay", refused.Is(HttpStatusCode.UnprocessableEntity).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ordering_and_paying_are_in_the_audit_trail_and_no_card_number_is_kept_anywhere()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var order = await firm.PlaceOrder(trader);

        await (await trader.Browser.Get($"/sandbox/pay/{order.SessionId}")).Ok().Form("#card-form").Submit(PaymentScenes.GoodCard);
        await firm.Settled(order.Id, OrderStatus.Paid);

        Assert.Equal(1L, (await site.Audit("select count(*) from audit_entries where tenant_id = $1 and action = 'order.placed'", firm.Tenant.Id))[0][0]);
        foreach (var table in (string[])["sandbox_sessions", "outbox_messages", "inbox_messages", "audit_entries", "orders"])
            Assert.Equal(0L, (await site.Audit($"select count(*) from {table} where tenant_id = $1 and {table}::text like '%42424242%'", firm.Tenant.Id))[0][0]);
    }

    private static Task<int> Orders(TestFirm firm) => firm.Run(services => services.GetRequiredService<TradeSenseDb>().Set<Order>().CountAsync());
}
