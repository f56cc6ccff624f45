using System.Net;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Web.Api;

public sealed class ApiKeyPageTests(Site site)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trader_makes_a_key_sees_it_once_uses_it_and_revokes_it()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var profile = (await trader.Browser.Get("/trader/profile")).Ok();
        var form = (await profile.Follow("API keys")).Ok().Form("#key-form");

        var made = (await form.Submit(new { Name = "my bot", MayTrade = true, AllAccounts = true, TestFirm.Password })).Ok();
        var secret = made.TextOf("#secret");
        var program = ApiTrader.At(firm, secret);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v2/accounts", Ct)).StatusCode);

        var later = (await trader.Browser.Get("/trader/profile/api-keys")).Ok();
        Assert.DoesNotContain(secret, later.Source, StringComparison.Ordinal);
        Assert.Contains("read and trade", later.Text, StringComparison.Ordinal);
        Assert.Contains("my bot", await firm.MailTo(trader.Email), StringComparison.Ordinal);

        var revoked = (await later.Form("form[id^=key-0]").Submit(new { })).Ok();
        Assert.Contains("Revoked", revoked.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v2/accounts", Ct)).StatusCode);
        var actions = await site.Audit("select action from audit_entries where tenant_id = $1 and action like 'api_key.%' order by sequence", firm.Tenant.Id);
        Assert.Equal(["api_key.created", "api_key.revoked"], actions.Select(row => (string)row[0]!));
    }

    [Fact]
    public async Task Without_the_password_or_with_anothers_account_there_is_no_key()
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, other) = (await firm.Trader(), await ApiTrader.Open(firm));
        var form = (await trader.Browser.Get("/trader/profile/api-keys")).Ok().Form("#key-form");

        var wrong = await form.Submit(new { Name = "bot", AllAccounts = true, Password = "guess" });
        var foreign = await form.Tamper("Form.Accounts", other.Account.ToString(), new { Name = "bot", TestFirm.Password });
        var none = await form.Submit(new { Name = "bot", TestFirm.Password });

        Assert.Contains("not your password", wrong.Is(HttpStatusCode.UnprocessableEntity).TextOf("#key-form"), StringComparison.Ordinal);
        Assert.Contains("at least one of your accounts", foreign.Is(HttpStatusCode.UnprocessableEntity).TextOf("#key-form"), StringComparison.Ordinal);
        Assert.Contains("at least one of your accounts", none.Is(HttpStatusCode.UnprocessableEntity).TextOf("#key-form"), StringComparison.Ordinal);
        Assert.Empty(await site.Audit("select 1 from api_keys where user_id = $1", trader.Id));
    }

    [Fact]
    public async Task The_guide_shows_every_operation_and_every_refusal()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();

        var guide = (await (await trader.Browser.Get("/trader/profile/api-keys")).Ok().Follow("How to use the API")).Ok();

        Assert.True(guide.Has("#placeOrder"));
        Assert.True(guide.Has("#streamEvents"));
        Assert.Contains("trading.insufficient_margin", guide.Text, StringComparison.Ordinal);
    }
}
