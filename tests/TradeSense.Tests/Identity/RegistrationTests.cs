using System.Net;
using TradeSense.Tests.Fixture;
using Xunit;

namespace TradeSense.Tests.Identity;

public sealed class RegistrationTests(Site site)
{
    [Theory]
    [InlineData("UserName", "a b", "letters, digits")]
    [InlineData("Email", "nobody", "e-mail address")]
    [InlineData("Email", "a@b,example.com", "e-mail address")]
    [InlineData("Password", "short", "at least 10")]
    [InlineData("Password", "Password12345", "attackers try first")]
    [InlineData("Password", "my-name-is-clara-9", "user name or e-mail")]
    [InlineData("Country", "XX", "country")]
    [InlineData("Country", "KP", "cannot serve residents of North Korea")]
    public async Task A_bad_field_is_refused_in_words_beside_it(string field, string value, string words)
    {
        await using var firm = await TestFirm.Create(site);
        var form = (await firm.Client().Get("/account/register")).Ok().Form("#register-form");
        string Or(string name, string good) => field == name ? value : good;

        var page = await form.Tamper("Form.Country", Or("Country", "DE"), new
        {
            UserName = Or("UserName", "clara"), Email = Or("Email", "clara@example.com"), Password = Or("Password", TestFirm.Password), AcceptTerms = true,
        });

        page.Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains(words, page.TextOf($"#Form_{field}-error"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal([[0L]], await site.Audit("select count(*) from users where tenant_id = $1", firm.Tenant.Id));
    }

    [Fact]
    public async Task An_address_that_is_taken_is_refused_beside_the_field()
    {
        await using var firm = await TestFirm.Create(site);
        await firm.Trader("anna");

        var form = (await firm.Client().Get("/account/register")).Ok().Form("#register-form");
        var page = await form.Submit(new { UserName = "other", Email = "ANNA@example.com", TestFirm.Password, Country = "DE", AcceptTerms = true });

        Assert.Contains("already an account", page.Is(HttpStatusCode.UnprocessableEntity).TextOf("#Form_Email-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_address_registers_at_two_brands()
    {
        await using var ours = await TestFirm.Create(site);
        await using var theirs = await TestFirm.Create(site);
        await ours.Trader("anna");

        var welcome = await theirs.Client().SignUp(theirs, "anna");

        Assert.Equal("/trader", welcome.Path);
    }

    [Fact]
    public async Task A_wrong_code_is_refused_and_after_five_tries_the_right_one_too()
    {
        await using var firm = await TestFirm.Create(site);
        var page = await Confirmation(firm, "anna");
        var right = await firm.CodeSentTo("anna@example.com");
        var wrong = right == "000000" ? "000001" : "000000";

        for (var i = 0; i < 5; i++)
        {
            page = await page.Form("#confirm-form").Submit(new { Code = wrong });
            Assert.Contains("not the code", page.Is(HttpStatusCode.UnprocessableEntity).TextOf("#Form_Code-error"), StringComparison.Ordinal);
        }

        page = await page.Form("#confirm-form").Submit(new { Code = right });
        Assert.Contains("expired", page.Is(HttpStatusCode.UnprocessableEntity).TextOf("#Form_Code-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_used_code_does_not_work_again()
    {
        await using var firm = await TestFirm.Create(site);
        var page = await Confirmation(firm, "anna");
        var code = await firm.CodeSentTo("anna@example.com");
        await page.Form("#confirm-form").Submit(new { Code = code });

        var elsewhere = (await firm.Client().Get(page.Address.PathAndQuery)).Ok();
        var again = await elsewhere.Form("#confirm-form").Submit(new { Code = code });

        Assert.Contains("used already", again.Is(HttpStatusCode.UnprocessableEntity).TextOf("#Form_Code-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_expires_after_fifteen_minutes()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 3, 12, 0, 0, TimeSpan.Zero));
        await using var own = await Site.At(clock);
        await using var firm = await TestFirm.Create(own);
        var page = await Confirmation(firm, "anna");
        var code = await firm.CodeSentTo("anna@example.com");

        clock.Advance(TimeSpan.FromMinutes(15));
        var late = await page.Form("#confirm-form").Submit(new { Code = code });

        Assert.Contains("expired", late.Is(HttpStatusCode.UnprocessableEntity).TextOf("#Form_Code-error"), StringComparison.Ordinal);
    }

    private static async Task<Page> Confirmation(TestFirm firm, string name)
    {
        var form = (await firm.Client().Get("/account/register")).Ok().Form("#register-form");
        return (await form.Submit(new { UserName = name, Email = $"{name}@example.com", TestFirm.Password, Country = "DE", AcceptTerms = true })).Ok();
    }
}
