using Npgsql;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Challenges.Progress;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Payouts;

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

    [Fact]
    public async Task A_model_without_an_inactivity_limit_closes_nobody_for_it()
    {
        var clock = new FakeClock(Monday);
        await using var site = await Site.At(clock);
        await using var firm = await TestFirm.Create(site);
        await firm.Buy(await firm.Trader(), await firm.Sell(SampleModel.Make() with { Trading = SampleModel.Make().Trading with { InactivityDays = 0 } }));
        await Opened(site, firm);

        clock.Advance(TimeSpan.FromDays(400));
        Assert.Equal(0, await Expire(firm));
    }

    [Fact]
    public async Task Incidents_at_the_same_time_pause_a_clock_once()
    {
        var clock = new FakeClock(Monday);
        await using var site = await Site.At(clock);
        await using var firm = await TestFirm.Create(site);
        var trading = SampleModel.Make().Trading with { InactivityDays = 0 };
        await firm.Buy(await firm.Trader(), await firm.Sell(SampleModel.Make().WithPhase(phase => phase with { MaximumDays = 20 }) with { Trading = trading }));
        await Opened(site, firm);

        // Two days of three symbols, a third day of one of them, and another day much later: four days in all.
        foreach (var (from, to) in ((double, double)[])[(5, 7), (5, 7), (5.5, 7), (6, 8), (10, 11)]) await Pause(site, firm, Monday.AddDays(from), Monday.AddDays(to));

        clock.Advance(TimeSpan.FromDays(23.9));
        Assert.Equal(0, await Expire(firm));
        clock.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal(1, await Expire(firm));
    }

    [Fact]
    public async Task Only_a_pause_after_the_last_activity_puts_inactivity_off()
    {
        var clock = new FakeClock(Monday);
        await using var site = await Site.At(clock);
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var id = await firm.Buy(trader, await firm.Sell());
        await Opened(site, firm);

        // Traded last on the tenth day: of these pauses one was over by then, one was half over and one came later.
        clock.Advance(TimeSpan.FromDays(10));
        await firm.Earn((await firm.Challenge(trader, id)).Account!.AccountId!.Value, 10m);
        foreach (var (from, to) in ((double, double)[])[(1, 6), (9, 11), (10.5, 11), (20, 21)]) await Pause(site, firm, Monday.AddDays(from), Monday.AddDays(to));

        clock.Advance(TimeSpan.FromDays(31.9));
        Assert.Equal(0, await Expire(firm));
        clock.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal(1, await Expire(firm));
    }

    /// <summary>An incident that paused the clocks of the firm's accounts.</summary>
    private static Task Pause(Site site, TestFirm firm, DateTimeOffset from, DateTimeOffset to) => Do(site, """
        with declared as (
            insert into incidents (tenant_id, id, kind, symbols, started_at, ended_at, reason, remedy, declared_by, declared_at)
            values ($1, gen_random_uuid(), 'Outage', array['EURUSD'], $2, $3, 'away', 'PauseClocks', 'test', $3) returning tenant_id, id)
        insert into clock_pauses select a.tenant_id, a.id, declared.id, $2, $3 from trading_accounts a join declared on declared.tenant_id = a.tenant_id
        """, firm.Tenant.Id, from.UtcDateTime, to.UtcDateTime);

    private static async Task Do(Site site, string sql, params object[] values)
    {
        await using var owner = NpgsqlDataSource.Create(site.Database.Options.Owner);
        await using var command = owner.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
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
