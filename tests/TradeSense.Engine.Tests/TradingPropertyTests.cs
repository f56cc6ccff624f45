using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using Xunit;

namespace TradeSense.Engine.Tests;

/// <summary>A hundred thousand random quotes and commands, every event and every account held to the rules in plain decimals. The seed is printed and in the test's name.</summary>
public sealed class TradingPropertyTests(ITestOutputHelper output)
{
    private const int StepsOfASeed = 20_000;

    public static TheoryData<int> Seeds => [101, 102, 103, 104, 105];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nothing_happens_that_the_rules_do_not_say_and_nothing_is_left_out(int seed)
    {
        var (market, engine) = (new RandomMarket(seed), new TradingEngine(Scenario.Options));
        var (witness, looks, steps) = (new PlainWitness(engine), new Random(seed), 0);
        List<EngineEvent> events = [];
        var lookers = new Watcher(witness, events);
        foreach (var input in market.Inputs(StepsOfASeed))
        {
            steps++;
            engine.Apply(input, lookers);
            if (input is AccountCommand command) witness.Look(command.Account);
            if (market.Accounts.Count > 0) witness.Look(market.Accounts[looks.Next(market.Accounts.Count)]);
            if (steps % 500 != 0) continue;
            foreach (var account in market.Accounts) witness.Look(account);
        }

        output.WriteLine($"seed {seed}: {steps} steps, {witness.Fills} fills, {witness.PendingFills} of them from waiting orders, {witness.Verdicts} verdicts, {witness.Credits} credits, {witness.Reinstatements} reinstated");
        Assert.True(witness.PendingFills > 100 && witness.Verdicts > 10 && witness.Credits > 10 && witness.Reinstatements > 0);
    }

    /// <summary>Shows each event to the witness in the moment it is told, while the account is as the event found it.</summary>
    private sealed class Watcher(PlainWitness witness, List<EngineEvent> events) : System.Collections.ObjectModel.Collection<EngineEvent>(events)
    {
        protected override void InsertItem(int index, EngineEvent item) => witness.See(item);
    }
}
