using System.Net;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Payments;
using TradeSense.Modules.Payouts;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Payments;
using TradeSense.Tests.Payouts;

namespace TradeSense.Tests.Identity;

/// <summary>What a session that was only found open cannot do: move money, give access, change terms. Each is refused without the password and works with it.</summary>
[Collection("Prices of ETHUSD")]
public sealed class DemandProofTests
{
    [Fact]
    public async Task Five_minutes_after_the_sign_in_nobody_moves_money_or_gives_access_without_the_password()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        await using var site = await Site.At(clock);
        await using var firm = await TestFirm.Create(site);
        var (owner, colleague) = (await firm.Staff(Role.Owner), await firm.Staff(Role.Support));
        var funded = await firm.FundedTrader();
        var payout = await firm.Requested(await firm.FundedTrader());
        var order = await firm.PlaceOrder(funded.Trader);
        await firm.Report(order.Paid(amount: "400"));
        await firm.Settled(order.Id, OrderStatus.Held);

        // Of one browser every form is tried after five minutes of its own: a password shown for one would open the next.
        await Guarded(clock, funded.Trader, "/trader/payouts", "#payout-form", new { Holder = "Anna Trader", Destination = PayoutScenes.Iban });
        await Guarded(clock, owner, "/firm/payouts", "#approve-form", new { });
        await firm.Reached(payout, PayoutStatus.Paid);
        await Guarded(clock, owner, "/firm/money/held", "#decision-form", new { Reason = "The bank kept its charges.", Reference = "re_1" });
        await Guarded(clock, owner, "/firm/staff", "#invite-form", new { Email = "new.person@example.com", Role = "Finance", Country = "DE" });
        await Guarded(clock, owner, "/firm/gateways/sandbox", "#gateway-form", new { FeePercent = "1" });
        await Guarded(clock, owner, "/firm/payouts/limit", "#limit-form", new { Amount = "" });
        await Guarded(clock, owner, "/firm/models/publish", "#model-form", new { });
        await GuardedRole(clock, firm, owner, colleague);

        Assert.Equal(OrderStatus.Refunded, (await firm.Order(order.Id)).Status);
        Assert.Equal(2, await firm.TransfersOf(LedgerTransferKind.PayoutReserve));
    }

    private static async Task Guarded(FakeClock clock, TestPerson person, string path, string form, object values)
    {
        clock.Advance(FreshProof.Lasts);
        var page = (await person.Browser.Get(path)).Ok();
        var refused = await page.Form(form).Submit(values);
        Assert.Contains("Enter your password", refused.Is(HttpStatusCode.UnprocessableEntity).TextOf(form), StringComparison.Ordinal);
        // A form that was open while the proof ended asks for the password then.
        var wrong = await refused.Form(form).Submit(With(values, "wrong horse battery 9"));
        Assert.Contains("not your password", wrong.Is(HttpStatusCode.UnprocessableEntity).TextOf(form), StringComparison.Ordinal);

        var done = await wrong.Form(form).Submit(With(values, TestFirm.Password));
        Assert.True(done.Status is HttpStatusCode.OK, $"{path}: {done.Status} {done.Text}");
    }

    private static async Task GuardedRole(FakeClock clock, TestFirm firm, TestPerson owner, TestPerson colleague)
    {
        var path = $"/firm/staff/{colleague.Id}";
        var early = (await owner.Browser.Get(path)).Ok().Form("#role-form");
        clock.Advance(FreshProof.Lasts);
        var refused = (await early.Submit(new { Role = "Owner" })).Is(HttpStatusCode.UnprocessableEntity);
        Assert.False(refused.Has("#role-form"));
        Assert.Equal("Support", (await firm.Site.Audit("select role from users where id = $1", colleague.Id))[0][0]);

        var proved = (await refused.Form("#prove-form").Submit(new { TestFirm.Password })).Ok();
        (await proved.Form("#role-form").Submit(new { Role = "Risk" })).Ok();
        Assert.Equal("Risk", (await firm.Site.Audit("select role from users where id = $1", colleague.Id))[0][0]);
    }

    private static Dictionary<string, string?> With(object values, string password) =>
        values.GetType().GetProperties().ToDictionary(property => property.Name, property => (string?)property.GetValue(values)!.ToString()).Append(KeyValuePair.Create("Password", (string?)password)).ToDictionary();
}
