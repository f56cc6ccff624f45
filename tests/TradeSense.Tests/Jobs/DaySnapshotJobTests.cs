using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Jobs;
using TradeSense.Modules.Risk;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Jobs;

public sealed class DaySnapshotJobTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_tenant_added_while_running_gets_its_days_closed_by_the_scheduler_and_each_day_once()
    {
        var clock = new FakeClock(Monday);
        await using var site = await Site.At(clock);
        await using var firm = await TestFirm.Create(site);
        var account = await Account(firm);
        await Until(async () => (await Runs(site, firm)) >= 1, "the job's first run");

        clock.MoveTo(new DateTimeOffset(2026, 3, 2, 22, 0, 30, TimeSpan.Zero));
        await Until(async () => (await site.Audit("select 1 from day_closings where tenant_id = $1 and day = '2026-03-02'", firm.Tenant.Id)).Count == 1, "Monday's closing");

        var snapshot = Assert.Single(await site.Audit("select day, balance from day_snapshots where account_id = $1", account));
        Assert.Equal([new DateOnly(2026, 3, 2), 100_000m], snapshot);
        Assert.Equal(0, await firm.Run<TakeDaySnapshots, int>(take => take.Run(default)));
        Assert.Contains(await site.Services.GetRequiredService<JobHealth>().Run(TestContext.Current.CancellationToken), row => row.TenantId == firm.Tenant.Id && row.Job == nameof(TakeDaySnapshotsJob) && row is { Failures: 0, Runs: >= 2 });
        Assert.Empty(site.Errors);
    }

    private static async Task<Guid> Account(TestFirm firm)
    {
        var account = Guid.CreateVersion7();
        var trader = await firm.Trader();
        await firm.Run<OpenTradingAccount, Result<long>>(open => open.Run(new OpenTradingAccount.Request(account, trader.Id, Guid.CreateVersion7(), 0, "Phase 1", TestDesk.Terms), default));
        await firm.DrainOutbox();
        await Until(async () => (await firm.Site.Audit("select 1 from trading_accounts where id = $1 and status = 'Active'", account)).Count == 1, "the account");
        return account;
    }

    private static async Task<long> Runs(Site site, TestFirm firm) =>
        (long)(await site.Audit("select count(*) from job_runs where tenant = $1 and job = $2 and ended_at is not null", firm.Tenant.Id, nameof(TakeDaySnapshotsJob)))[0][0]!;

    private static async Task Until(Func<Task<bool>> isSo, string what)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            if (tries == 300) throw new TimeoutException($"Waited 30 s for {what}.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
