using TradeSense.Engine.Values;
using TradeSense.Modules.Alerts;

namespace TradeSense.Tests.Alerts;

/// <summary>The watcher's order of prices: a quote takes out what it reached, and nothing else.</summary>
public sealed class AlertLevelsTests
{
    [Fact]
    public void A_quote_takes_every_price_it_has_reached_on_either_side_once()
    {
        var levels = new AlertLevels();
        var (near, far, low) = (Above(1.1010m), Above(1.1020m), Below(1.0990m));
        foreach (var alert in new[] { far, near, low }) levels.Put(alert);

        Assert.Null(levels.Take(Bid(1.1009m)));
        Assert.Equal([near], levels.Take(Bid(1.1010m))!);
        Assert.Null(levels.Take(Bid(1.1015m)));
        Assert.Equal([low], levels.Take(Bid(1.0900m))!);
        Assert.Equal([far], levels.Take(Bid(1.2000m))!);
        Assert.Null(levels.Take(Bid(1.2000m)));
        Assert.Equal(0, levels.Count);
    }

    [Fact]
    public void A_change_waits_on_both_sides_and_is_gone_from_both()
    {
        var levels = new AlertLevels();
        var change = new WatchedAlert(Guid.CreateVersion7(), Guid.CreateVersion7(), "EURUSD", 1.122m, 1.078m, default);
        levels.Put(change);

        Assert.Equal([change], levels.Take(Bid(1.078m))!);
        Assert.Null(levels.Take(Bid(1.122m)));
    }

    [Fact]
    public void An_alert_that_was_changed_waits_for_its_new_price_alone()
    {
        var levels = new AlertLevels();
        var first = Above(1.1010m);
        levels.Put(first);
        levels.Put(first with { RisesTo = 1.1050m });

        Assert.Null(levels.Take(Bid(1.1020m)));
        Assert.Single(levels.Take(Bid(1.1050m))!);
    }

    [Fact]
    public void Random_quotes_take_what_a_look_at_every_alert_would_take()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var (levels, plain) = (new AlertLevels(), new List<WatchedAlert>());
        for (var step = 0; step < 5_000; step++)
        {
            if (random.Next(3) == 0)
            {
                var alert = random.Next(2) == 0 ? Above(1 + random.Next(1, 1000) / 1000m) : Below(1 + random.Next(1, 1000) / 1000m);
                plain.Add(alert);
                levels.Put(alert);
            }

            var bid = 1 + random.Next(1, 1000) / 1000m;
            var expected = plain.Where(alert => alert.RisesTo <= bid || alert.FallsTo >= bid).ToHashSet();
            plain.RemoveAll(expected.Contains);
            Assert.True(expected.SetEquals(levels.Take(Bid(bid)) ?? []), $"seed {seed}, step {step}");
        }
    }

    private static Quote Bid(decimal bid) => new(default, "EURUSD", new Price(bid), new Price(bid + 0.0001m));

    private static WatchedAlert Above(decimal price) => new(Guid.CreateVersion7(), Guid.CreateVersion7(), "EURUSD", price, null, default);

    private static WatchedAlert Below(decimal price) => new(Guid.CreateVersion7(), Guid.CreateVersion7(), "EURUSD", null, price, default);
}
