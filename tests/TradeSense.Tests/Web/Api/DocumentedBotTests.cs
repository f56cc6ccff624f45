using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Web.Api;

/// <summary>The claim of the document, taken at its word: with it alone a program can trade.</summary>
public sealed class DocumentedBotTests(Site site)
{
    [Fact]
    public async Task A_program_that_knows_only_the_document_trades()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await ApiTrader.Open(firm);
        var bot = await DocumentedBot.Read(trader.Http, TestContext.Current.CancellationToken);

        // It looks round: its account, an open market, a price.
        var accountId = (string)(await bot.Call("listAccounts"))["accounts"]![0]!["id"]!;
        var account = await bot.Call("getAccount", new { accountId });
        Assert.Equal("100000", (string?)account["figures"]!["equity"]);
        var symbol = (await bot.Call("listInstruments"))["instruments"]!.AsArray().Where(instrument => (bool)instrument!["isOpen"]!).Select(instrument => (string)instrument!["symbol"]!).First(name => name == ApiTrader.Symbol);
        var ask = decimal.Parse((string)(await bot.Call("listQuotes", new { symbols = symbol }))["quotes"]![0]!["ask"]!, CultureInfo.InvariantCulture);

        // A limit well below the market, moved, then taken back.
        var limit = bot.Example("placeOrder", "limit");
        (limit["symbol"], limit["lots"], limit["price"]) = (symbol, "0.10", Text(ask - 1_000));
        var order = (int)(await bot.Call("placeOrder", new { accountId }, limit))["events"]![0]!["order"]!;
        await bot.Call("changeOrder", new { accountId, order }, new JsonObject { ["clientId"] = "c1", ["lots"] = 0.2m, ["price"] = Text(ask - 2_000), ["expiry"] = "day" });
        var waiting = (await bot.Call("listOrders", new { accountId }))["orders"]![0]!;
        Assert.Equal(("0.2", Text(ask - 2_000), "day"), ((string?)waiting["lots"], (string?)waiting["price"], (string?)waiting["expiry"]));
        Assert.Equal("orderCancelled", (string?)(await bot.Call("cancelOrder", new { accountId, order, clientId = "c2" }))["events"]![0]!["type"]);

        // It buys, protects, closes a half, turns the rest round, closes all.
        var buy = bot.Example("placeOrder", "market");
        (buy["symbol"], buy["lots"], buy["stopLoss"], buy["takeProfit"]) = (symbol, 0.50m, Text(ask - 3_000), Text(ask + 3_000));
        var fill = (await bot.Call("placeOrder", new { accountId }, buy))["events"]![0]!;
        Assert.Equal(Text(ask), (string?)fill["price"]);
        var position = (int)fill["position"]!;
        await bot.Call("changePosition", new { accountId, position }, new JsonObject { ["clientId"] = "c3", ["stopLoss"] = Text(ask - 2_000) });
        await bot.Call("setTrailingStop", new { accountId, position }, new JsonObject { ["clientId"] = "c4", ["distance"] = "500.00" });
        await bot.Call("setBreakeven", new { accountId, position }, new JsonObject { ["clientId"] = "c5", ["trigger"] = "800.00" });
        await bot.Call("setTimeStop", new { accountId, position }, new JsonObject { ["clientId"] = "c6", ["closeAt"] = "2040-01-01T00:00:00Z" });
        await bot.Call("closePosition", new { accountId, position }, new JsonObject { ["clientId"] = "c7", ["lots"] = "0.25" });
        var open = Assert.Single((await bot.Call("listPositions", new { accountId }))["positions"]!.AsArray())!;
        Assert.Equal(("0.25", "500", null), ((string?)open["lots"], (string?)open["trailingDistance"], (string?)open["takeProfit"]));
        await bot.Call("reversePosition", new { accountId, position }, new JsonObject { ["clientId"] = "c8" });
        await bot.Call("closeAllPositions", new { accountId }, new JsonObject { ["clientId"] = "c9", ["withOrders"] = true });
        Assert.Equal(3, (int)(await bot.Call("listTrades", new { accountId, symbol, size = 10 }))["total"]!);
        await bot.Call("cancelAllOrders", new { accountId, clientId = "c10" });
    }

    [Fact]
    public async Task Every_order_type_is_placed_as_its_example_says()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await ApiTrader.Open(firm);
        var bot = await DocumentedBot.Read(trader.Http, TestContext.Current.CancellationToken);
        var accountId = trader.Account;

        foreach (var type in (string[])["limit", "stop", "stopLimit", "bracket", "oco", "scaled"])
        {
            var order = bot.Example("placeOrder", type);
            InBitcoin(order);
            foreach (var leg in order["legs"]?.AsArray() ?? []) InBitcoin(leg!.AsObject());
            var events = (await bot.Call("placeOrder", new { accountId }, order))["events"]!.AsArray();
            Assert.All(events, fact => Assert.Equal("orderPlaced", (string?)fact!["type"]));
            Assert.Equal(type switch { "oco" => 2, "scaled" => 3, _ => 1 }, events.Count);
        }

        Assert.Equal(9, (await bot.Call("listOrders", new { accountId }))["orders"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_same_id_has_one_effect_and_one_answer_and_tells_what_became_of_it()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await ApiTrader.Open(firm);
        var bot = await DocumentedBot.Read(trader.Http, TestContext.Current.CancellationToken);
        var accountId = trader.Account;
        JsonObject Buy(string lots) => new() { ["clientId"] = "once", ["type"] = "market", ["symbol"] = ApiTrader.Symbol, ["side"] = "buy", ["lots"] = lots };
        JsonObject Close() => new() { ["clientId"] = "close", ["lots"] = "0.5" };
        JsonObject Limit(string price) => new() { ["clientId"] = "move", ["lots"] = "0.1", ["price"] = price };

        var unknown = await bot.Call("getCommand", new { accountId, clientId = "once" }, expected: 404);
        var bought = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bot.Call("placeOrder", new { accountId }, Buy("0.5"))));
        var other = await bot.Call("placeOrder", new { accountId }, Buy("0.6"), expected: 422);
        var closed = await bot.Call("closePosition", new { accountId, position = 1 }, Close());
        var again = await bot.Call("closePosition", new { accountId, position = 1 }, Close());
        await bot.Call("placeOrder", new { accountId }, new JsonObject { ["clientId"] = "wait", ["type"] = "limit", ["symbol"] = ApiTrader.Symbol, ["side"] = "buy", ["lots"] = "0.1", ["price"] = "50000" });
        var moved = await bot.Call("changeOrder", new { accountId, order = 1 }, Limit("49000"));
        await bot.Call("cancelOrder", new { accountId, order = 1, clientId = "gone" });
        var movedAgain = await bot.Call("changeOrder", new { accountId, order = 1 }, Limit("49000"));

        Assert.Equal("api.unknown_command", (string?)unknown["code"]);
        Assert.Single(bought.Select(answer => answer.ToJsonString()).Distinct());
        Assert.Equal("trading.duplicate_command", (string?)other["code"]);
        Assert.Equal(closed.ToJsonString(), again.ToJsonString());
        Assert.Equal(moved.ToJsonString(), movedAgain.ToJsonString());
        Assert.Empty((await bot.Call("listPositions", new { accountId }))["positions"]!.AsArray());
        var fate = await bot.Call("getCommand", new { accountId, clientId = "once" });
        Assert.Equal(bought[0]["events"]!.ToJsonString(), fate["events"]!.ToJsonString());

        var refused = new JsonObject { ["clientId"] = "late", ["lots"] = "0.5" };
        Assert.Equal("trading.unknown_position", (string?)(await bot.Call("closePosition", new { accountId, position = 1 }, refused, expected: 404))["code"]);
        Assert.Equal(("refused", "trading.unknown_position"), ((string?)(await bot.Call("getCommand", new { accountId, clientId = "late" }))["outcome"], (string?)(await bot.Call("getCommand", new { accountId, clientId = "late" }))["code"]));
    }

    [Fact]
    public async Task The_stream_tells_every_event_once_in_order_and_goes_on_where_a_reader_left()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await ApiTrader.Open(firm);
        var bot = await DocumentedBot.Read(trader.Http, TestContext.Current.CancellationToken);
        var accountId = trader.Account;
        var start = (string)(await bot.Call("getAccount", new { accountId }))["lastEventId"]!;

        string last;
        await using (var stream = await bot.Open("streamEvents", new { accountId, after = start }, null))
        {
            var first = Next(bot, stream, 2);
            await Buy(bot, accountId, "s1");
            await Buy(bot, accountId, "s2");
            var told = await first;
            Assert.Equal(["positionOpened s1", "positionOpened s2"], told.Select(Words));
            last = told[^1].EventId!;
        }

        // Away: three more things happen, a refusal among them.
        await Buy(bot, accountId, "s3");
        await bot.Call("closePosition", new { accountId, position = 9 }, new JsonObject { ["clientId"] = "s4" }, expected: 404);
        await bot.Call("closeAllPositions", new { accountId }, new JsonObject { ["clientId"] = "s5" });

        await using var resumed = await bot.Open("streamEvents", new { accountId }, last);
        var missed = await Next(bot, resumed, 5);
        Assert.Equal(["positionOpened s3", "commandRefused s4", "positionClosed s5", "positionClosed s5", "positionClosed s5"], missed.Select(Words));
        Assert.Equal(Enumerable.Range(int.Parse(last, CultureInfo.InvariantCulture) + 1, 5).Select(id => id.ToString(CultureInfo.InvariantCulture)), missed.Select(item => item.EventId));

        await using var whole = await bot.Open("streamEvents", new { accountId, after = "0" }, null);
        Assert.Equal("accountOpened", (await Next(bot, whole, 1))[0].EventType);
    }

    [Fact]
    public async Task A_stream_ends_when_its_key_is_revoked_and_a_key_has_a_few_at_most()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await ApiTrader.Open(firm);
        var bot = await DocumentedBot.Read(trader.Http, TestContext.Current.CancellationToken);
        var accountId = trader.Account;

        var streams = new List<Stream>();
        for (var i = 0; i < 5; i++) streams.Add(await bot.Open("streamEvents", new { accountId }, null));
        using var sixth = await trader.Http.GetAsync(trader.Path("/events"), TestContext.Current.CancellationToken);
        Assert.Equal(429, (int)sixth.StatusCode);

        var key = (Guid)(await site.Audit("select id from api_keys where user_id = $1", trader.Person.Id))[0][0]!;
        await firm.Run<Modules.Trading.Api.RevokeApiKey, Modules.Result>(revoke => revoke.Run(trader.Person.Id, key, default));
        foreach (var stream in streams)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            using var reader = new StreamReader(stream);
            Assert.Contains("retry: 2000", await reader.ReadToEndAsync(patience.Token), StringComparison.Ordinal);
        }
    }

    private static Task<JsonNode> Buy(DocumentedBot bot, Guid accountId, string clientId) =>
        bot.Call("placeOrder", new { accountId }, new JsonObject { ["clientId"] = clientId, ["type"] = "market", ["symbol"] = ApiTrader.Symbol, ["side"] = "buy", ["lots"] = "0.01" });

    private static async Task<List<SseItem<string>>> Next(DocumentedBot bot, Stream stream, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var items = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(patience.Token))
        {
            var fact = JsonNode.Parse(item.Data)!;
            bot.Check("Event", fact);
            Assert.Equal((string?)fact["type"], item.EventType);
            items.Add(item);
            if (items.Count == count) break;
        }

        return items;
    }

    private static string Words(SseItem<string> item) => $"{item.EventType} {JsonNode.Parse(item.Data)!["clientId"]}";

    /// <summary>Moves an example's prices, which are of a currency, to where a coin trades on any day: 1.1 becomes 60,000.</summary>
    private static void InBitcoin(JsonObject order)
    {
        if (order.ContainsKey("symbol")) order["symbol"] = ApiTrader.Symbol;
        foreach (var price in (string[])["price", "limitPrice", "stopLoss", "takeProfit", "from", "to"])
            if (order[price] is { } value) order[price] = Text(60_000m + (decimal.Parse((string)value!, CultureInfo.InvariantCulture) - 1.1m) * 60_000m);
        if (order["trailingDistance"] is not null) order["trailingDistance"] = "500";
    }

    private static string Text(decimal value) => Engine.Values.PlainDecimal.Text(value);
}
