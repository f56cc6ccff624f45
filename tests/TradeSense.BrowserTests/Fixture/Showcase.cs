using TradeSense.BrowserTests.Journeys;
using TradeSense.Modules.Identity;
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
        await FindIds();
    }

    /// <summary>Passed, checked, signed, funded, paid.</summary>
    private async Task Succeed(Visit visit, Visit office)
    {
        await visit.Earn(_still, await visit.Buy("sprint"), 900m);
        await visit.Sees("#account-bar", "Passed");
        await visit.HandIn();
        await office.Approve("/firm/kyc");
        await visit.Sign(Trader);
        await visit.Until("/trader", ".challenge-card .status-pill", "Funded");
        var funded = await Read("select id from trading_accounts where tenant_id = $1 and phase_name = 'Funded'");
        await visit.Earn(_still, funded, 500m);
        await visit.Ask();
        await office.Approve("/firm/payouts");
        await visit.Until("/trader/payouts", "#history", "Receipt");
    }

    private async Task Fail(Visit visit)
    {
        await visit.Open(_still, await visit.Buy("sprint"));
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
        await running.Open(_still, account);
        _ids["running account"] = account;
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
