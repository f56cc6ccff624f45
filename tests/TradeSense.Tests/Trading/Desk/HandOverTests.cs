using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Engine.Inputs;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Trading.Desk;

public sealed class HandOverTests(Site site)
{
    [Fact]
    public async Task An_account_handed_over_a_moment_ago_is_known_to_its_first_command()
    {
        await using var desk = await TestDesk.Open(site);
        var process = desk.StartProcess();
        var account = await desk.Account();
        await desk.Tick();
        await process.HandOver(TestContext.Current.CancellationToken);

        var outcome = await site.Services.GetRequiredService<TradingDesk>().Send(new CloseAccount(default, account, "close", "test"), TestContext.Current.CancellationToken);

        Assert.IsType<CommandOutcome.Accepted>(outcome);
    }

    [Fact]
    public async Task An_order_nobody_waits_for_any_more_is_not_done_when_the_database_is_back()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        desk.StartProcess(new TradingOptions { AnswerWithin = TimeSpan.FromSeconds(1) });
        await desk.Tick();
        await desk.Price("EURUSD", "1.10000", "1.10010");

        await using (var away = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(site.Database.Options.Owner) { Pooling = false }.ConnectionString))
        {
            await away.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = await away.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var hold = new NpgsqlCommand($"select 1 from engine_shards where shard = {desk.Shard} for update", away, transaction);
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<UnknownOutcomeException>(() => desk.Buy(account, "held-up"));
            await Assert.ThrowsAsync<UnknownOutcomeException>(() => desk.Buy(account, "behind"));
        }

        await desk.Tick();

        Assert.Empty(await desk.Rows("select 1 from trading_commands where account_id = $1 and client_id = 'behind'", account.Value));
    }
}
