using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Challenges.Progress;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Challenges.Progress;

public sealed class ExpireChallengesTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 16, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_phase_not_passed_in_time_is_closed_once_and_its_challenge_expires()
    {
        var clock = new FakeClock(Monday);
        await using var site = await Site.At(clock);
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var version = await firm.Sell(SampleModel.Make().WithPhase(phase => phase with { MaximumDays = 20 }) with { Trading = SampleModel.Make().Trading with { InactivityDays = 365 } });
        var id = await firm.Buy(trader, version);
        await Opened(site, firm);

        clock.Advance(TimeSpan.FromDays(19.9));
        Assert.Equal(0, await Expire(firm));
        clock.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal(1, await Expire(firm));
        Assert.Equal(0, await Expire(firm));

        var challenge = await firm.ChallengeAt(trader, id, ChallengeStatus.Expired);
        Assert.Equal((ChallengeStatus.Expired, "time_limit", PhaseState.Expired), (challenge.Status, challenge.EndReason, challenge.Phases[0].State));
        Assert.Contains("time to pass", await firm.MailTo(trader.Email), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_nobody_trades_is_closed_for_inactivity()
    {
        var clock = new FakeClock(Monday);
        await using var site = await Site.At(clock);
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var id = await firm.Buy(trader, await firm.Sell());
        await Opened(site, firm);

        clock.Advance(TimeSpan.FromDays(30.1));
        Assert.Equal(1, await Expire(firm));

        var challenge = await firm.ChallengeAt(trader, id, ChallengeStatus.Expired);
        Assert.Equal((ChallengeStatus.Expired, "inactivity"), (challenge.Status, challenge.EndReason));
    }

    /// <summary>Until the engine has opened the account there is nothing to expire.</summary>
    private static async Task Opened(Site site, TestFirm firm)
    {
        for (var tries = 0; tries < 100 && (await site.Audit("select 1 from trading_accounts where tenant_id = $1 and status = 'Active'", firm.Tenant.Id)).Count == 0; tries++)
        {
            await firm.DrainOutbox();
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static Task<int> Expire(TestFirm firm) => firm.Run<ExpireChallenges, int>(expire => expire.Run(default));
}
