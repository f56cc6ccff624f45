using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using Xunit;

namespace TradeSense.Engine.Tests;

/// <summary>
/// The shell keeps no copy of what it has stored: it stores what the engine says has changed. Here tables in memory do as it does, through random trading and a
/// restart from them, and must never differ from the engine.
/// </summary>
public sealed class StoredChangeTests
{
    private const int Inputs = 4000;

    private readonly Dictionary<AccountId, AccountState> _accounts = [];
    private readonly Dictionary<(AccountId, PositionNumber), PositionState> _positions = [];
    private int _written;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(21, 6)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Rows_written_by_what_changed_are_the_engines_state(int seed)
    {
        var (engine, random, count, open) = (new TradingEngine(Scenario.Options), new Random(seed), 0, 0);
        foreach (var input in new RandomMarket(seed).Inputs(Inputs))
        {
            engine.Apply(input, []);
            if (random.Next(4) > 0) continue;

            Commit(engine);
            open += AssertStored(engine);
            if (++count % 100 != 0) continue;

            var news = engine.News;
            engine = TradingEngine.Restore(Scenario.Options, engine.Now, Stored(), engine.LastQuotes());
            engine.Apply(new NewsInput(engine.Now, news), []);
            Assert.Empty(engine.Accounts.SelectMany(account => engine.TakeChange(account)!.State.Positions));
            AssertStored(engine);
        }

        Assert.True(_written > 200, "Too little was traded.");
        Assert.True(open > 10 * _written, "Nearly every open position was written with every commit.");
    }

    [Fact]
    public void What_was_taken_once_is_not_told_again_and_a_position_without_a_row_leaves_none()
    {
        var scenario = Scenario.Run("""
            price EURUSD 1.10000 1.10020
            account A 100000 USD
            buy A 1.00 EURUSD
            buy A 2.00 EURUSD
            """);
        var account = scenario.Account("A");

        Assert.Equal([1, 2], scenario.Engine.TakeChange(account)!.State.Positions.Select(position => position.Number.Value));
        scenario.Tell("buy A 3.00 EURUSD");
        scenario.Engine.Apply(new CloseAllPositions(scenario.Engine.Now, account, "all"), []);

        var change = scenario.Engine.TakeChange(account)!;
        Assert.Empty(change.State.Positions);
        Assert.Equal([1, 2], change.Gone.Select(number => number.Value));
        Assert.False(change.IsHolding);
        Assert.Empty(scenario.Engine.TakeChange(account)!.Gone);
    }

    private void Commit(TradingEngine engine)
    {
        foreach (var id in engine.TakeChanged())
        {
            var change = engine.TakeChange(id)!;
            _accounts[id] = change.State;
            foreach (var gone in change.Gone) Assert.True(_positions.Remove((id, gone)), "A row is deleted that is not there.");
            foreach (var position in change.State.Positions) _positions[(id, position.Number)] = position;
            _written += change.State.Positions.Count;
            Assert.Equal(engine.State(id)!.Positions.Count > 0, change.IsHolding);
        }
    }

    /// <summary>How many positions were compared.</summary>
    private int AssertStored(TradingEngine engine)
    {
        var open = engine.Accounts.SelectMany(id => engine.State(id)!.Positions.Select(position => (Key: (id, position.Number), Row: position))).ToDictionary(one => one.Key, one => one.Row);
        Assert.Equal(open.Count, _positions.Count);
        foreach (var (key, row) in open) Assert.Equal(WithoutExcursions(row), WithoutExcursions(_positions[key]));
        return open.Count;
    }

    /// <summary>Accounts as a database would give them back.</summary>
    private IEnumerable<AccountState> Stored() => _accounts.Select(account => account.Value with
    {
        Positions = [.. _positions.Where(row => row.Key.Item1 == account.Key).Select(row => row.Value)],
    }).ToList();

    /// <summary>Worst, best and margin are stored with the rest and are no reason to store.</summary>
    private static PositionState WithoutExcursions(PositionState position) => position with { Worst = null, Best = null, MarginHigh = 0m };
}
