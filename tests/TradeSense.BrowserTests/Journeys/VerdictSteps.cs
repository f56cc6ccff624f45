using Microsoft.Playwright;
using TradeSense.BrowserTests.Fixture;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Kyc;

namespace TradeSense.BrowserTests.Journeys;

/// <summary>The way from a passed phase to money in the bank, click by click, for both sides of the desk.</summary>
internal static class VerdictSteps
{
    public const string Coin = "ETHUSD";
    public const decimal Start = 3_000m;

    /// <summary>One lot up by this much. Coins cost no commission, so the profit is exact.</summary>
    public static async Task Earn(this Visit visit, Func<string, decimal, Task> price, Guid account, decimal profit)
    {
        await visit.Open(price, account);
        await price(Coin, Start + profit);
        await visit.Sees("[data-position] .profit", "+$");
        await visit.CloseFirst();
        await price(Coin, Start);
    }

    /// <summary>Buys one lot of the coin at its starting price.</summary>
    public static async Task Open(this Visit visit, Func<string, decimal, Task> price, Guid account)
    {
        await price(Coin, Start);
        await visit.Go($"/trader/terminal/{account}?symbol={Coin}");
        await visit.Send("1");
        await visit.Sees("[data-position]", Coin);
    }

    public static async Task HandIn(this Visit visit)
    {
        await visit.Go("/trader/kyc");
        await visit.Page.SelectOptionAsync("[name='Form.Kind']", "Passport");
        await visit.Page.SetInputFilesAsync("[name='Form.Front']", new FilePayload { Name = "passport.png", MimeType = "image/png", Buffer = SampleDocument.Png() });
        await visit.Page.ClickAsync("#document-form button.btn-primary");
        await visit.Sees("#standing", "in review");
    }

    /// <summary>The firm's side, in a browser of its own: the waiting case is open, the decision asks once more.</summary>
    public static async Task Approve(this Visit office, string queue)
    {
        await office.Until(queue, "main", "Approve");
        await office.ShowPassword("#approve-form");
        await office.Page.Locator("#approve-form button[commandfor='approve']").First.ClickAsync();
        await office.Page.RunAndWaitForResponseAsync(() => office.Page.Locator("#approve[open] button[type=submit]").ClickAsync(), response => response.Request.Method == "POST");
    }

    /// <summary>A form asks for the password when the sign-in was more than five minutes ago: on a busy machine it was.</summary>
    private static async Task ShowPassword(this Visit visit, string form)
    {
        var field = visit.Page.Locator($"{form} [name='Form.Password']");
        if (await field.CountAsync() > 0) await field.FillAsync(TestFirm.Password);
    }

    public static async Task Sign(this Visit visit, string name)
    {
        await visit.Until("/trader", "main", "Sign the contract");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Sign the contract" }).First.ClickAsync();
        await visit.Page.FillAsync("[name='Form.SignedName']", name);
        await visit.Page.CheckAsync("[name='Form.Agree'][type=checkbox]");
        await visit.Page.ClickAsync("#sign-form button.btn-primary");
        await visit.Sees("#signature", "Signed");
    }

    public static async Task Ask(this Visit visit)
    {
        await visit.Until("/trader/payouts", "main", "Request payout");
        await visit.Page.FillAsync("[name='Form.Holder']", "Anna Trader");
        await visit.Page.FillAsync("[name='Form.Destination']", "DE89 3704 0044 0532 0130 00");
        await visit.ShowPassword("#payout-form");
        await visit.Page.ClickAsync("#payout-form button.btn-primary");
        await visit.Page.WaitForURLAsync("**/trader/payouts/*");
        await visit.Sees("#payout-steps", "$400.00");
    }

    /// <summary>What follows from a message between modules arrives a moment later: the page is opened again until it shows it.</summary>
    public static async Task Until(this Visit visit, string path, string place, string words)
    {
        for (var tries = 0; tries < 40; tries++)
        {
            await visit.Go(path);
            if ((await visit.Page.Locator(place).AllInnerTextsAsync()).Any(text => text.Contains(words, StringComparison.Ordinal))) return;
            await Task.Delay(300, TestContext.Current.CancellationToken);
        }

        await visit.Sees(place, words, seconds: 1);
    }
}
