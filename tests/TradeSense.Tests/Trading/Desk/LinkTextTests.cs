using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Desk.Links;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Trading.Desk;

public sealed class LinkTextTests(Site site)
{
    [Fact]
    public void Every_command_reads_as_it_was_written()
    {
        var (at, id) = (TestDesk.Start, new AccountId(Guid.CreateVersion7()));
        AccountCommand[] commands =
        [
            new OpenAccount(at, id, "open", TestDesk.Terms), new MarketOrder(at, id, "a", "EURUSD", Side.Buy, new Lots(0.01m), new Price(1.1m), null),
            new ClosePosition(at, id, "b", new PositionNumber(3), null), new CloseAllPositions(at, id, "c"),
            new ModifyPosition(at, id, "d", new PositionNumber(1), null, new Price(1.2m)), new WithdrawPayout(at, id, "e", new Money(12.5m, Currency.Usd)),
            new CloseAccount(at, id, "f", "time_limit"),
        ];

        foreach (var command in commands)
        {
            var question = new SendCommand(command);
            var read = LinkText.Question(LinkText.Read(LinkText.Write(new LinkMessage(7, nameof(SendCommand), 1, LinkText.Body(question)))));
            Assert.Equal(question, read);
        }
    }

    [Fact]
    public async Task A_picture_and_an_outcome_read_as_they_were_written()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        var outcome = await desk.Buy(account, "a1");
        var view = await desk.Live.View(account, TestContext.Current.CancellationToken);

        var question = new ViewAccount(account);
        var copy = System.Text.Json.JsonSerializer.Deserialize<TradeSense.Engine.Accounts.AccountView>(LinkText.Body(question, view), LinkText.Options)!;
        var told = System.Text.Json.JsonSerializer.Deserialize<CommandOutcome>(LinkText.Body(new SendCommand(new CloseAllPositions(default, account, "x")), outcome), LinkText.Options);

        Assert.Equivalent(view, copy, strict: true);
        Assert.Equal(Assert.IsType<CommandOutcome.Accepted>(outcome).Events, Assert.IsType<CommandOutcome.Accepted>(told).Events.Cast<EngineEvent>());
    }
}
