using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Trading.Desk;

/// <summary>A client id has one effect for ever, though the shard asks the database only about ids it may have heard.</summary>
public sealed class RepeatedCommandTests(Site site)
{
    [Fact]
    public async Task An_old_id_is_known_to_a_new_process_before_and_after_other_commands_of_its_account()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        var first = Opened(await desk.Buy(account, "old"));
        var second = Opened(await desk.Buy(account, "older"));

        desk.StartProcess();
        Assert.Equal(first, Opened(await desk.Buy(account, "old")));
        Assert.NotEqual(first, Opened(await desk.Buy(account, "new")));
        Assert.Equal(second, Opened(await desk.Buy(account, "older")));
        Assert.Equal(RejectReason.DuplicateCommand, Assert.IsType<CommandOutcome.Refused>(await desk.Buy(account, "new", lots: "2")).Reason);

        desk.StartProcess();
        Assert.Equal(RejectReason.DuplicateCommand, Assert.IsType<CommandOutcome.Refused>(await desk.Buy(account, "new", lots: "2")).Reason);
        Assert.Equal(3, (await desk.Rows("select 1 from positions where account_id = $1", account.Value)).Count);
    }

    [Fact]
    public async Task What_another_process_did_meanwhile_is_known_when_the_shard_comes_back()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        Opened(await desk.Buy(account, "first"));
        var old = desk.Live;
        desk.StartProcess();
        var between = Opened(await desk.Buy(account, "between"));

        // To the first the id is new; but it lost the lease, so nothing comes of it until it has the shard and its state again.
        var again = await old.Send(new MarketOrder(default, account, "between", "EURUSD", Side.Buy, new Lots(1m), null, null), TestContext.Current.CancellationToken);

        Assert.Equal(between, Opened(again));
        Assert.Equal(2, (await desk.Rows("select 1 from positions where account_id = $1", account.Value)).Count);
    }

    [Fact]
    public async Task Ids_repeated_within_one_batch_and_in_the_next_get_the_first_outcome_and_other_content_is_a_duplicate()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");

        var together = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => desk.Buy(account, $"id{i % 3}", lots: i < 30 ? "0.1" : "0.2")));
        var afterwards = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => desk.Buy(account, $"id{i}", lots: "0.1")));

        for (var id = 0; id < 3; id++)
        {
            var answers = together.Where((_, i) => i % 3 == id).ToList();
            Assert.Single(answers.Take(10).Select(Opened).Append(Opened(afterwards[id])).Distinct());
            Assert.All(answers.Skip(10), answer => Assert.Equal(RejectReason.DuplicateCommand, Assert.IsType<CommandOutcome.Refused>(answer).Reason));
        }

        Assert.Equal(3, (await desk.Rows("select 1 from positions where account_id = $1", account.Value)).Count);
    }

    [Fact]
    public async Task An_account_with_more_ids_than_are_kept_is_asked_about_each_time()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await using (var owner = new Npgsql.NpgsqlConnection(site.Database.Options.Owner))
        {
            await owner.OpenAsync(TestContext.Current.CancellationToken);
            await using var many = new Npgsql.NpgsqlCommand($"""
                insert into trading_commands (tenant_id, account_id, client_id, content_hash, at, refused, first_entry, entries)
                select '{desk.Firm.Tenant.Id}', '{account.Value}', 'many-' || n, '', now(), 'NoPrice', 1, 0 from generate_series(1, {HeardIds.MostOfAccount}) as n
                """, owner);
            await many.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await desk.Tick();
        desk.StartProcess();
        var opened = Opened(await desk.Buy(account, "new"));
        Assert.Equal(opened, Opened(await desk.Buy(account, "new")));
        Assert.Equal(RejectReason.DuplicateCommand, Assert.IsType<CommandOutcome.Refused>(await desk.Buy(account, "many-7")).Reason);
    }

    [Fact]
    public void Only_an_id_of_an_account_whose_ids_are_all_there_counts_as_new()
    {
        var (heard, one, other) = (new HeardIds(), new AccountId(Guid.CreateVersion7()), new AccountId(Guid.CreateVersion7()));
        Assert.True(heard.MayHold(one, "a"));

        heard.Take(one, ["a", "b"]);
        heard.Take(other, [.. Enumerable.Range(0, HeardIds.MostOfAccount + 1).Select(i => $"{i}")]);
        heard.Add(one, "c");
        heard.Add(other, "c");

        Assert.True(heard.IsAsked(one) && heard.IsAsked(other));
        Assert.All((string[])["a", "b", "c"], id => Assert.True(heard.MayHold(one, id)));
        Assert.False(heard.MayHold(one, "d"));
        Assert.True(heard.MayHold(other, "d"));
    }

    [Fact]
    public void When_there_is_no_more_room_everything_is_forgotten_and_read_again()
    {
        var (heard, one, other) = (new HeardIds(most: 5), new AccountId(Guid.CreateVersion7()), new AccountId(Guid.CreateVersion7()));
        heard.Take(one, ["a", "b", "c"]);
        Assert.False(heard.MayHold(one, "d"));

        heard.Take(other, ["x", "y", "z"]);
        Assert.False(heard.IsAsked(one));
        Assert.True(heard.MayHold(one, "d"));
        Assert.False(heard.MayHold(other, "a"));

        foreach (var id in (string[])["1", "2", "3"]) heard.Add(other, id);
        Assert.False(heard.IsAsked(other));
        Assert.True(heard.MayHold(other, "new"));
    }

    private static PositionOpened Opened(CommandOutcome outcome) => Assert.IsType<PositionOpened>(Assert.Single(Assert.IsType<CommandOutcome.Accepted>(outcome).Events));
}
