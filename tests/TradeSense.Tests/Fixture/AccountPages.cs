namespace TradeSense.Tests.Fixture;

/// <summary>Signing up and in as a person does: form by form.</summary>
public static class AccountPages
{
    /// <summary>Registers, confirms with the code from the mail, and ends where the site leads: signed in.</summary>
    public static async Task<Page> SignUp(this HtmlClient visitor, TestFirm firm, string name, string country = "DE")
    {
        var email = $"{name}@example.com";
        var register = (await visitor.Get("/account/register")).Ok().Form("#register-form");
        var confirm = await register.Submit(new { UserName = name, Email = email, TestFirm.Password, Country = country, AcceptTerms = true });
        return await confirm.Ok().Form("#confirm-form").Submit(new { Code = await firm.CodeSentTo(email) });
    }

    public static async Task<Page> SignIn(this HtmlClient visitor, string name, string password = TestFirm.Password) =>
        await (await visitor.Get("/account/sign-in")).Ok().Form("#sign-in-form").Submit(new { Name = name, Password = password });
}
