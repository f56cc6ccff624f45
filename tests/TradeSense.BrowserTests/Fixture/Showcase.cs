using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TradeSense.BrowserTests.Journeys;
using TradeSense.Modules;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Payments;
using TradeSense.Modules.Payments.Gateways;
using TradeSense.Modules.Risk.Heads;
using TradeSense.Modules.Risk.Incidents;
using TradeSense.Tests.Fixture;

namespace TradeSense.BrowserTests.Fixture;

/// <summary>
/// A firm in which everything has happened once: an account passed, one failed, one funded; a payout paid and one waiting; an identity approved and one to check.
/// What pages are looked at with. <see cref="Id"/> finds the keys that stand in addresses.
/// </summary>
public sealed class Showcase(Chromium chromium) : IAsyncLifetime
{
    private readonly StillSite _still = new();
    private readonly Dictionary<string, Guid> _ids = [];

    public Site Site => _still.Site;
    public TestFirm Firm { get; private set; } = null!;
    public TestPerson Trader { get; private set; } = null!;
    public TestPerson Owner { get; private set; } = null!;
    public TestPerson PlatformStaff { get; private set; } = null!;

    /// <summary>A payment page that waits for a card, and one whose bank asks for a confirmation.</summary>
    public string PaymentPage { get; private set; } = "";

    public string PaymentToConfirm { get; private set; } = "";

    /// <summary>Where somebody who has just registered enters the code from the mail.</summary>
    public string ConfirmPage { get; private set; } = "";

    /// <summary>The page of an order that waits for its price.</summary>
    public string PendingOrder { get; private set; } = "";

    /// <summary>The day of the newest signed head.</summary>
    public string HeadDay { get; private set; } = "";

    public Guid Id(string what) => _ids.TryGetValue(what, out var id) ? id : throw new InvalidOperationException($"The showcase holds no {what}.");

    public async ValueTask InitializeAsync()
    {
        await _still.InitializeAsync();
        Firm = await _still.Firm();
        (Trader, Owner) = (await Firm.Trader(), await Firm.Staff(Role.Owner));
        PlatformStaff = await (await TestFirm.CreatePlatform(Site)).Staff(Role.PlatformStaff);
        await using var visit = await chromium.Visit(Trader);
        await using var office = await chromium.Visit(Owner);

        await Succeed(visit, office);
        await Fail(visit);
        await WaitForTheOffice();
        await Arrive();
        await FindIds();
        await Declare();
    }

    /// <summary>Passed, checked, signed, funded, paid.</summary>
    private async Task Succeed(Visit visit, Visit office)
    {
        await visit.Earn(_still.Price, await visit.Buy("sprint"), 900m);
        await visit.Sees("#account-bar", "Passed");
        await visit.HandIn();
        await office.Approve("/firm/kyc");
        await visit.Sign(Trader.UserName);
        await visit.Until("/trader", ".challenge-card .status-pill", "Funded");
        var funded = await Read("select id from trading_accounts where tenant_id = $1 and phase_name = 'Funded'");
        await visit.Earn(_still.Price, funded, 500m);
        await visit.Ask();
        await office.Approve("/firm/payouts");
        await visit.Until("/trader/payouts", "#history", "Receipt");
    }

    private async Task Fail(Visit visit)
    {
        await visit.Open(_still.Price, await visit.Buy("sprint"));
        await _still.Price(VerdictSteps.Coin, VerdictSteps.Start - 600m);
        await visit.Sees("#account-bar", "Failed");
    }

    /// <summary>Somebody else's document and a running account with an open position; two payments half way.</summary>
    private async Task WaitForTheOffice()
    {
        await using var visit = await chromium.Visit(await Firm.Trader());
        await visit.HandIn();
        await visit.Order("sprint");
        PaymentPage = new Uri(visit.Page.Url).AbsolutePath;
        await visit.Order("sprint");
        await visit.PayWith(TraderSteps.CardToConfirm);
        await visit.Page.WaitForURLAsync("**/confirm");
        PaymentToConfirm = new Uri(visit.Page.Url).AbsolutePath;
        await using var running = await chromium.Visit(Trader);
        var account = await running.Buy("sprint");
        await running.Open(_still.Price, account);
        _ids["running account"] = account;
        await running.Page.Locator("#ticket input[name='Type'][value='limit']").CheckAsync(new LocatorCheckOptions { Force = true });
        await running.Page.FillAsync("#ticket [name='Price']", "2000");
        await running.Send("1");
        await running.Sees("[data-order]", VerdictSteps.Coin);
        PendingOrder = (await running.Page.Locator("[data-order] a").First.GetAttributeAsync("href"))!;
    }

    private async Task Arrive()
    {
        await using var stranger = await chromium.Visit(Site, Firm.Host);
        await stranger.Register("newcomer");
        ConfirmPage = new Uri(stranger.Page.Url).PathAndQuery;
    }

    /// <summary>Prices declared wrong while the account failed, the day's head signed, and a payment that fits no order.</summary>
    private async Task Declare()
    {
        var now = TimeProvider.System.GetUtcNow();
        var declared = await Firm.Run<DeclareIncident, Result<Guid>>(declare => declare.Run(
            new(IncidentKind.WrongPrices, VerdictSteps.Coin, now.AddHours(-1), now, "The supplier sent prices of another venue."), default));
        _ids["incident"] = declared.Value;
        await Firm.Run<SignDailyHead, JournalHead?>(sign => sign.Run(default));
        HeadDay = (await Site.Audit("select to_char(max(day), 'YYYY-MM-DD') from journal_heads where tenant_id = $1", Firm.Tenant.Id))[0][0]!.ToString()!;
        var held = new PaymentEvent("evt_held", PaymentOutcome.Succeeded, "another page", _ids["order"], 12.34m, "USD", "pay_held", null);
        await Firm.Run(services => services.GetRequiredService<CompletePayment>().Run("sandbox", held, default));
    }

    private async Task FindIds()
    {
        foreach (var (what, sql) in new[]
                 {
                     ("funded account", "select id from trading_accounts where tenant_id = $1 and phase_name = 'Funded'"),
                     ("failed account", "select id from trading_accounts where tenant_id = $1 and status = 'Failed'"),
                     ("receipt", "select id from breaches where tenant_id = $1"), ("payout", "select id from payouts where tenant_id = $1"),
                     ("order", "select id from orders where tenant_id = $1 and status = 'Paid'"), ("certificate", "select id from certificates where tenant_id = $1"),
                     ("challenge", "select challenge_id from contracts where tenant_id = $1"), ("case", "select id from kyc_cases where tenant_id = $1 and status = 'Submitted'"),
                     ("model", "select id from challenge_models where tenant_id = $1"),
                 })
            _ids[what] = await Read(sql);
    }

    private async Task<Guid> Read(string sql) => (Guid)(await Site.Audit(sql, Firm.Tenant.Id))[0][0]!;

    public async ValueTask DisposeAsync() => await _still.DisposeAsync();
}
