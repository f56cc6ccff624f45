using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TradeSense.BrowserTests.Fixture;
using TradeSense.Tests.Fixture;

namespace TradeSense.BrowserTests.Journeys;

/// <summary>What traders do, click by click, as tests string it together.</summary>
internal static partial class TraderSteps
{
    public const string GoodCard = "4242 4242 4242 4242";
    public const string DeclinedCard = "4000 0000 0000 0002";
    public const string CardToConfirm = "4000 0000 0000 3220";

    /// <summary>Registers and ends where the code from the mail is asked for.</summary>
    public static async Task Register(this Visit visit, string name)
    {
        await visit.Go("/account/register");
        await visit.Page.FillAsync("[name='Form.UserName']", name);
        await visit.Page.FillAsync("[name='Form.Email']", $"{name}@example.com");
        await visit.Page.FillAsync("[name='Form.Password']", TestFirm.Password);
        await visit.Page.SelectOptionAsync("[name='Form.Country']", "DE");
        await visit.Page.CheckAsync("[name='Form.AcceptTerms'][type=checkbox]");
        await visit.Page.ClickAsync("#register-form button.btn-primary");
        await visit.Page.WaitForURLAsync("**/account/confirm**");
    }

    /// <summary>Registers and confirms with the code that the development mailbox shows.</summary>
    public static async Task SignUp(this Visit visit, string name)
    {
        await visit.Register(name);
        var mailbox = await visit.Page.Context.NewPageAsync();
        await mailbox.GotoAsync($"/account/mailbox?To={name}@example.com");
        var code = Code().Match(await mailbox.Locator("article").First.InnerTextAsync()).Value;
        await mailbox.CloseAsync();

        await visit.Page.FillAsync("[name='Form.Code']", code);
        await visit.Page.ClickAsync("#confirm-form button.btn-primary");
        await visit.Page.WaitForURLAsync(url => !url.Contains("/account/confirm", StringComparison.Ordinal));
    }

    /// <summary>Whoever comes back after a day has been signed out meanwhile.</summary>
    public static async Task SignIn(this Visit visit, string name, string password)
    {
        await visit.Go("/account/sign-in");
        await visit.Page.FillAsync("[name='Form.Name']", name);
        await visit.Page.FillAsync("[name='Form.Password']", password);
        await visit.Page.ClickAsync("#sign-in-form button.btn-primary");
        await visit.Page.WaitForURLAsync(url => !url.Contains("/account/sign-in", StringComparison.Ordinal));
    }

    /// <summary>Orders and ends on the payment page.</summary>
    public static async Task Order(this Visit visit, string model, int size = 10_000)
    {
        await visit.Go($"/checkout?model={model}&size={size}");
        await visit.Page.ClickAsync("#checkout-form button.btn-primary");
        await visit.Page.WaitForURLAsync("**/sandbox/pay/**");
    }

    public static async Task PayWith(this Visit visit, string card)
    {
        await visit.Page.FillAsync("[name='Form.Number']", card);
        await visit.Page.FillAsync("[name='Form.Expiry']", "12/99");
        await visit.Page.FillAsync("[name='Form.SecurityCode']", "123");
        await visit.Page.ClickAsync("#card-form button.btn-primary");
    }

    /// <summary>Waits on the order's page, which goes on by itself, and opens the account; its id.</summary>
    public static async Task<Guid> OpenAccount(this Visit visit)
    {
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Open my account" }).ClickAsync(new LocatorClickOptions { Timeout = 30_000 });
        await visit.Page.WaitForURLAsync("**/trader/accounts/**");
        var id = Guid.Parse(new Uri(visit.Page.Url).Segments[^1]);
        // The page may be quicker than the engine, which opens the account a moment later.
        for (var tries = 0; tries < 20 && await visit.Page.Locator("#objectives").CountAsync() == 0; tries++)
        {
            await Task.Delay(250, TestContext.Current.CancellationToken);
            await visit.Page.ReloadAsync();
        }

        return id;
    }

    public static async Task<Guid> Buy(this Visit visit, string model)
    {
        await visit.Order(model);
        await visit.PayWith(GoodCard);
        return await visit.OpenAccount();
    }

    /// <summary>Fills the ticket and presses a side; the answer stands in the ticket.</summary>
    public static async Task Send(this Visit visit, string lots, string side = "buy")
    {
        await visit.Page.FillAsync("#ticket [name='Lots']", lots);
        await visit.Page.RunAndWaitForResponseAsync(() => visit.Page.ClickAsync($"#ticket [data-side='{side}']"), response => response.Request.Method == "POST" && response.Url.Contains("/order", StringComparison.Ordinal));
    }

    /// <summary>Closes the first position at the market and waits for the dock's word.</summary>
    public static async Task CloseFirst(this Visit visit)
    {
        await visit.Page.Locator("[data-position]").First.GetByRole(AriaRole.Button).ClickAsync();
        await visit.Sees("#dock-note", "closed at");
    }

    public static Task Sees(this Visit visit, string place, string words, int seconds = 15) =>
        Assertions.Expect(visit.Page.Locator(place).First).ToContainTextAsync(words, new LocatorAssertionsToContainTextOptions { Timeout = seconds * 1000 });

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex Code();
}
