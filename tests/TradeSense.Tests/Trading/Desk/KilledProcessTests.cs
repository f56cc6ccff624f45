using Microsoft.AspNetCore.Hosting;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Trading.Desk;

public sealed class KilledProcessTests
{
    private const int Accounts = 20;

    [Fact]
    public async Task A_server_killed_with_signal_9_is_followed_by_one_that_starts_from_its_last_committed_state()
    {
        await using var site = await Site.Start(TimeProvider.System, builder => builder.UseSetting("Trading:RunEngine", "false").UseSetting("Trading:Shards", "1"));
        await using var firm = await TestFirm.Create(site);
        await OpenAccountsWithPositions(firm);

        using var first = new ServerProcess(site.Database.Options);
        await first.Until(() => first.Lines.Count(line => line.Contains(" committed state ", StringComparison.Ordinal)) >= 4, "four commits");
        await first.Kill();
        var now = new DateTimeOffset((DateTime)(await site.Audit("select engine_now from engine_shards where shard = 0"))[0][0]!).UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        using var second = new ServerProcess(site.Database.Options);
        await second.Until(() => second.Hash(" starts from state ") is not null, "the second server");

        Assert.Contains(second.Lines, line => line.Contains($"Shard 0 serves {Accounts} accounts", StringComparison.Ordinal));
        Assert.Contains(second.Lines, line => line.Contains($" starts from state {second.Hash(" starts from state ")} of {now}", StringComparison.Ordinal));
        // The kill can fall between a commit and its line in the log; then there is no word of the first server to compare with.
        if (first.Lines.Any(line => line.EndsWith($" of {now}", StringComparison.Ordinal)))
            Assert.Contains(first.Lines, line => line.Contains($" committed state {second.Hash(" starts from state ")} of {now}", StringComparison.Ordinal));
        Assert.True(first.Lines.Where(line => line.Contains(" committed state ", StringComparison.Ordinal)).Distinct().Count() >= 4);
        await second.Kill();
    }

    /// <summary>Small positions in markets that never close; their floors follow equity, so that the state changes with the feed.</summary>
    private static async Task OpenAccountsWithPositions(TestFirm firm)
    {
        var terms = TestDesk.Terms with { ProfitTarget = null, OverallLoss = new OverallLossRule(new Allowance(new Percent(90), null), OverallMode.TrailingEquity), DailyLoss = null };
        var (trader, ct) = (await firm.Trader(), TestContext.Current.CancellationToken);
        await using var past = DeskApart.Start(firm.Site.Services, new TradingOptions(), DeskApart.FirstNumber, TimeProvider.System);
        await past.Desk.Take(new Quote(firm.Clock.GetUtcNow(), "BTCUSD", new Price(60_000m), new Price(60_010m)), ct);
        await past.Desk.Take(new Quote(firm.Clock.GetUtcNow(), "ETHUSD", new Price(3_000m), new Price(3_001m)), ct);
        for (var i = 0; i < Accounts; i++)
        {
            var id = new AccountId(Guid.CreateVersion7());
            await firm.Run<OpenTradingAccount, Result<long>>(open => open.Run(new OpenTradingAccount.Request(id.Value, trader.Id, Guid.CreateVersion7(), 0, "Phase 1", terms, DeskApart.FirstNumber), default));
            await past.Desk.Send(new OpenAccount(default, id, "open", terms), ct);
            var (symbol, side, lots) = (i % 2 == 0 ? "BTCUSD" : "ETHUSD", i % 3 == 0 ? Side.Sell : Side.Buy, new Lots(0.01m * (i + 1)));
            Assert.IsType<CommandOutcome.Accepted>(await past.Desk.Send(new MarketOrder(default, id, "a1", symbol, side, lots, null, null), ct));
        }

        await past.HandOver(ct);
    }
}
