using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Trading.Desk;

public sealed class DeskApartTests
{
    [Fact]
    public async Task A_second_past_lived_through_begins_before_the_end_of_the_first()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        await using var site = await Site.At(clock);
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();
        var start = clock.GetUtcNow().AddDays(-9);

        var first = await Live(firm, trader, start, start.AddDays(7));
        var second = await Live(firm, trader, start, start.AddDays(7));

        Assert.Equal(start.AddHours(1), await OpenedAt(site, first));
        Assert.Equal(start.AddHours(1), await OpenedAt(site, second));
    }

    /// <summary>A week apart: a position an hour after its start, a price at its end; then the account goes to the live engine.</summary>
    private static async Task<AccountId> Live(TestFirm firm, TestPerson trader, DateTimeOffset start, DateTimeOffset end)
    {
        var (id, ct) = (new AccountId(Guid.CreateVersion7()), TestContext.Current.CancellationToken);
        var clock = new FakeClock(start);
        await using var past = DeskApart.Start(firm.Site.Services, new TradingOptions(), DeskApart.FirstNumber, clock);
        await firm.Run<OpenTradingAccount, Result<long>>(open => open.Run(new OpenTradingAccount.Request(id.Value, trader.Id, Guid.CreateVersion7(), 0, "Phase 1", TestDesk.Terms, DeskApart.FirstNumber), default));
        clock.MoveTo(start.AddHours(1));
        await past.Desk.Take(new Quote(clock.GetUtcNow(), "BTCUSD", new Price(60_000m), new Price(60_010m)), ct);
        await past.Desk.Send(new OpenAccount(clock.GetUtcNow(), id, "open", TestDesk.Terms), ct);
        Assert.IsType<CommandOutcome.Accepted>(await past.Desk.Send(new MarketOrder(clock.GetUtcNow(), id, "a1", "BTCUSD", Side.Buy, new Lots(0.01m), null, null), ct));
        clock.MoveTo(end);
        await past.Desk.Take(new Quote(end, "BTCUSD", new Price(60_100m), new Price(60_110m)), ct);
        await past.Desk.AdvanceTo(end, ct);
        await past.HandOver(ct);
        return id;
    }

    private static async Task<DateTimeOffset> OpenedAt(Site site, AccountId account) =>
        new((DateTime)(await site.Audit("select opened_at from positions where account_id = $1", account.Value))[0][0]!, TimeSpan.Zero);
}
