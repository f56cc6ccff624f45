using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.History;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Trading.History;

public sealed class AccountPastTests(Site site)
{
    [Fact]
    public async Task A_trade_just_closed_is_in_the_past_although_the_past_was_kept_before_it()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        var before = await Past(desk, account);

        await desk.Buy(account, "buy");
        await desk.Send(new CloseAllPositions(default, account, "close"));
        var after = await Past(desk, account);

        Assert.Equal((0, 1), (before.NewestTrades.Total, after.NewestTrades.Total));
        Assert.Empty(before.Marks);
        Assert.Single(after.Marks);
    }

    [Fact]
    public async Task A_curve_of_many_minutes_is_thinned_but_keeps_the_spike_that_broke_a_floor()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await Execute(desk, $"""
            insert into equity_samples (tenant_id, account_id, at, balance, equity) select '{desk.Firm.Tenant.Id}', '{account.Value}', timestamptz '2026-03-03 10:00Z' + n * interval '1 minute', 100000,
                case n when 1234 then 89999.99 when 2345 then 110000.01 else 100000 + n % 50 end from generate_series(1, 3000) as n
            """);

        var past = await Past(desk, account);

        Assert.InRange(past.Curve.Count, 400, 820);
        Assert.Contains(past.Curve, point => point.Equity == 89_999.99m);
        Assert.Contains(past.Curve, point => point.Equity == 110_000.01m);
        Assert.Equal(past.Curve.OrderBy(point => point.At), past.Curve);
    }

    private static Task<AccountPast.Picture> Past(TestDesk desk, AccountId account) => desk.Firm.Run(async services =>
    {
        var row = await services.GetRequiredService<TradeSenseDb>().Set<TradingAccount>().AsNoTracking().SingleAsync(row => row.Id == account.Value);
        return await services.GetRequiredService<AccountPast>().Read(row, 25, default);
    });

    private static async Task Execute(TestDesk desk, string sql)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(desk.Firm.Site.Database.Options.Engine);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
