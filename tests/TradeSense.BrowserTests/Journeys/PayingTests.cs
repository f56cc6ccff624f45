using Microsoft.Playwright;
using TradeSense.BrowserTests.Fixture;

namespace TradeSense.BrowserTests.Journeys;

public sealed class PayingTests(Chromium chromium, StillSite still) : IClassFixture<StillSite>
{
    [Fact]
    public async Task A_declined_card_says_so_and_another_one_the_bank_wants_confirmed_pays()
    {
        await using var firm = await still.Firm();
        await using var visit = await chromium.Visit(await firm.Trader());

        await visit.Order("sprint");
        await visit.PayWith(TraderSteps.DeclinedCard);
        await visit.Sees("#card-form", "was declined");
        await visit.PayWith(TraderSteps.CardToConfirm);
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Confirm the payment" }).ClickAsync();

        await visit.OpenAccount();
        await visit.Sees("h1", "Account #");
    }
}
