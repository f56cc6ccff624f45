using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Challenges.Scaling;
using TradeSense.Modules.Database;
using TradeSense.Modules.Payouts;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Payments;
using TradeSense.Tests.Payouts;

namespace TradeSense.Tests.Challenges.Scaling;

/// <summary>Four months of a funded account, made by trades, payouts and the clock.</summary>
public sealed class ScaleChallengesTests
{
    private static readonly DateTimeOffset January = new(2026, 1, 12, 12, 0, 0, TimeSpan.Zero);

    private static ModelDefinition Model { get; } = PayoutScenes.Prompt with { Scaling = SampleModel.Scaling, Trading = PayoutScenes.Prompt.Trading with { InactivityDays = 0 } };

    [Fact]
    public async Task A_funded_account_that_has_earned_it_grows_once_and_its_trader_is_told()
    {
        var clock = new FakeClock(January);
        await using var site = await Site.At(clock);
        await using var firm = await TestFirm.Create(site);
        var funded = await firm.FundedTrader(Model, profit: 200m);
        foreach (var month in (int[])[2, 3, 4])
        {
            clock.MoveTo(new DateTimeOffset(2026, month, 10, 12, 0, 0, TimeSpan.Zero));
            await firm.Earn(funded.Account, 300m);
            if (month > 2) await PayOut(firm, funded, 100m);
        }

        clock.MoveTo(new DateTimeOffset(2026, 4, 30, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal((3, 800m, 2, false), await Standing(firm, funded.Account));
        Assert.Equal(0, await Scale(firm));

        clock.MoveTo(new DateTimeOffset(2026, 5, 2, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal((4, 1_100m, 2, true), await Standing(firm, funded.Account));
        Assert.Equal(1, await Scale(firm));
        Assert.Equal(0, await Scale(firm));

        Assert.Equal((0, 0m, 0, false), await Standing(firm, funded.Account));
        Assert.Equal([14_000m, 14_900m], (await site.Audit("select scaled_size, balance from trading_accounts where id = $1", funded.Account)).Single());
        var floors = (await firm.Run<AccountPicture, Result<AccountPicture.Picture>>(pictures => pictures.Run(funded.Account, null, default))).Value.Floors;
        Assert.Equal((14_000m, 12_600m), floors.Where(point => point.GrownTo is not null).Select(point => (point.GrownTo!.Value, point.OverallFloor!.Value)).Single());
        Assert.Equal(14_000m, (await firm.Challenge(funded.Trader, funded.Challenge)).Size.Amount);
        var quote = (await firm.Run<PayoutQuote, PayoutQuote.View?>(quotes => quotes.Read(funded.Trader.Id, funded.Account, null, default)))!;
        Assert.Equal((90m, 900m, 14_000m), (quote.Sums.Split.Value, quote.Sums.Profit.Amount, quote.Account.Size.Amount));

        await firm.Until(async () => (await site.Audit("select 1 from audit_entries where tenant_id = $1 and action = 'account.scaled'", firm.Tenant.Id)).Count == 1, "The audit entry");
        Assert.Contains("Your account has grown to $14,000", await firm.MailTo(funded.Trader.Email), StringComparison.Ordinal);
        clock.MoveTo(new DateTimeOffset(2026, 9, 2, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal(0, await Scale(firm));
    }

    [Fact]
    public async Task A_month_without_profit_breaks_the_row_and_the_page_says_how_far_the_trader_is()
    {
        var clock = new FakeClock(January);
        await using var site = await Site.At(clock);
        await using var firm = await TestFirm.Create(site);
        var funded = await firm.FundedTrader(Model, profit: 500m);
        var fresh = (await funded.Trader.Browser.Get($"/trader/accounts/{funded.Account}")).Ok().TextOf("#scaling");
        Assert.Contains("On the way to $14,000", fresh, StringComparison.Ordinal);
        Assert.Contains("0 of 4", fresh, StringComparison.Ordinal);
        Assert.Contains("$500.00", fresh, StringComparison.Ordinal);

        clock.MoveTo(new DateTimeOffset(2026, 2, 10, 12, 0, 0, TimeSpan.Zero));
        await firm.Earn(funded.Account, -100m);
        clock.MoveTo(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));
        await firm.Earn(funded.Account, 900m);
        clock.MoveTo(new DateTimeOffset(2026, 4, 10, 12, 0, 0, TimeSpan.Zero));

        Assert.Equal((1, 900m, 0, false), await Standing(firm, funded.Account));
        Assert.Equal(0, await Scale(firm));
    }

    private static Task<int> Scale(TestFirm firm) => firm.Run<ScaleChallenges, int>(scale => scale.Run(default));

    private static async Task<(int, decimal, int, bool)> Standing(TestFirm firm, Guid account)
    {
        var row = await firm.Run(services => services.GetRequiredService<TradeSenseDb>().Set<TradingAccount>().AsNoTracking().SingleAsync(row => row.Id == account));
        var picture = (await firm.Run<ScalingProgress, ScalingProgress.Picture?>(progress => progress.Of(row, default)))!;
        return (picture.Months, picture.Profit.Amount, picture.PaidPayouts, picture.IsMet);
    }

    /// <summary>Asked for, taken from the account, and paid: what the firm's decision does to the row.</summary>
    private static async Task PayOut(TestFirm firm, PayoutScenes.Funded funded, decimal profit)
    {
        var id = await firm.Requested(funded, profit);
        await firm.Run(async services =>
        {
            var (db, now) = (services.GetRequiredService<TradeSenseDb>(), firm.Clock.GetUtcNow());
            var payout = await db.Set<Payout>().AsTracking().SingleAsync(row => row.Id == id);
            Assert.False(payout.Approve(funded.Trader.Id, takesTwo: false, now).IsRefused);
            payout.Pay("BANK-1", now);
            await db.SaveChangesAsync();
        });
    }
}
