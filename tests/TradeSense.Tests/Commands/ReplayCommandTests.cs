using TradeSense.Web.Commands;
using Xunit;

namespace TradeSense.Tests.Commands;

public sealed class ReplayCommandTests : IDisposable
{
    private const string Quotes = """
        time_utc,symbol,bid,ask
        2026-03-02T12:00:00.000Z,EURUSD,1.10000,1.10010
        2026-03-02T12:00:01.000Z,EURUSD,1.10100,1.10090
        2026-03-02T12:00:01.000Z,EURUSD,1.10100,1.10110
        2026-03-02T12:00:02.500Z,EURUSD,1.09400,1.09410
        """;

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public async Task Commands_meet_the_quotes_of_their_time_first_and_every_event_is_a_line()
    {
        var exitCode = await Replay("""
            [ { "at": "2026-03-02T12:00:00Z", "id": "a", "do": "market", "symbol": "EURUSD", "side": "buy", "lots": "1.00", "stopLoss": "1.09500" },
              { "at": "2026-03-02T12:00:01Z", "id": "b", "do": "close", "position": "a", "lots": "0.40" } ]
            """);

        Assert.Equal(0, exitCode);
        Assert.Contains("3 quotes in ", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 quotes were left out: crossed, before their symbol's last, or too fine", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal("""
            {"at":"2026-03-02T12:00:00.000Z","event":"accepted","order":"a","position":null,"symbol":"EURUSD","side":"buy","lots":"1.00","price":null,"profit":null,"commission":null,"balance":null,"reason":null}
            {"at":"2026-03-02T12:00:00.000Z","event":"filled","order":"a","position":"a","symbol":"EURUSD","side":"buy","lots":"1","price":"1.1001","profit":null,"commission":"0","balance":"100000","reason":null}
            {"at":"2026-03-02T12:00:01.000Z","event":"accepted","order":"b","position":"a","symbol":null,"side":null,"lots":"0.40","price":null,"profit":null,"commission":null,"balance":null,"reason":null}
            {"at":"2026-03-02T12:00:01.000Z","event":"closed","order":"b","position":"a","symbol":"EURUSD","side":"buy","lots":"0.4","price":"1.101","profit":"36","commission":"0","balance":"100036","reason":"trader"}
            {"at":"2026-03-02T12:00:02.500Z","event":"closed","order":null,"position":"a","symbol":"EURUSD","side":"buy","lots":"0.6","price":"1.094","profit":"-366","commission":"0","balance":"99670","reason":"stopLoss"}
            {"event":"summary","balance":"99670","equity":"99670","openPositions":0,"quotes":3}

            """, _output.ToString(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task A_breach_under_the_rules_file_closes_everything_at_that_quote()
    {
        await File.WriteAllTextAsync(InFolder("rules.json"), """{ "rules": { "initialBalance": "1000", "dailyLoss": { "percent": "5" } } }""", TestContext.Current.CancellationToken);

        await Replay("""
            [ { "at": "2026-03-02T12:00:00Z", "id": "a", "do": "market", "symbol": "EURUSD", "side": "buy", "lots": "0.10" },
              { "at": "2026-03-02T12:00:03Z", "id": "b", "do": "market", "symbol": "EURUSD", "side": "buy", "lots": "0.10" } ]
            """, "--rules", InFolder("rules.json"));

        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("\"event\":\"breach\"", lines[2], StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"dailyLoss\"", lines[2], StringComparison.Ordinal);
        Assert.Contains("\"profit\":\"-61\",\"commission\":\"0\",\"balance\":\"939\",\"reason\":\"breach\"", lines[3], StringComparison.Ordinal);
        Assert.Contains("account_not_active", lines[4], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "id": "a", "do": "market", "symbol": "EURUSD", "side": "buy", "lots": "0,10" }""", "invalid_quantity")]
    [InlineData("""{ "id": "a", "do": "market", "symbol": "EURUSD", "side": "buy", "lots": "1e5" }""", "invalid_quantity")]
    [InlineData("""{ "id": "a", "do": "market", "symbol": "EURUSD", "side": "buy", "lots": "0.10", "stopLoss": "NaN" }""", "invalid_price")]
    [InlineData("""{ "id": "a", "do": "market", "symbol": "NOPE", "side": "buy", "lots": "NaN" }""", "unknown_instrument")]
    [InlineData("""{ "id": "a", "do": "market", "symbol": "GBPUSD", "side": "buy", "lots": "0.10" }""", "no_price")]
    [InlineData("""{ "id": "a", "do": "close", "position": "zzz" }""", "unknown_position")]
    public async Task What_cannot_be_done_is_refused_with_its_code(string order, string code)
    {
        var exitCode = await Replay($"[ {order.Replace("{ \"id\"", "{ \"at\": \"2026-03-02T12:00:00Z\", \"id\"", StringComparison.Ordinal)} ]");

        Assert.Equal(0, exitCode);
        Assert.Contains($"\"reason\":\"{code}\"", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_command_again_has_one_effect_however_it_is_spaced_and_another_under_its_id_none()
    {
        await Replay("""
            [ { "at": "2026-03-02T12:00:00Z", "id": "a", "do": "market", "symbol": "EURUSD", "side": "buy", "lots": "0.10" },
              { "id":"a","lots":"0.10","at":"2026-03-02T12:00:01Z",  "do":"market","symbol":"EURUSD","side":"buy"},
              { "at": "2026-03-02T12:00:02Z", "id": "a", "do": "market", "symbol": "EURUSD", "side": "buy", "lots": "0.1" } ]
            """);

        var told = _output.ToString();
        Assert.Equal(2, told.Split("\"event\":\"filled\"").Length);
        Assert.Equal(2, told.Split("duplicate_command").Length);
    }

    [Theory]
    [InlineData("""[ { "at": "2026-03-02T12:00:00Z", "id": "a", "do": "trailingStop" } ]""", "orders[0].position: is missing")]
    [InlineData("""[ { "at": "2026-03-02T12:00:00Z", "id": "a", "do": "oco", "legs": [ { "do": "market", "lots": "1", "price": "1.1", "symbol": "EURUSD" } ] } ]""", "orders[0].legs[0].do: 'market' is not one of limit, stop, stopLimit")]
    [InlineData("""[ { "at": "2026-03-02T12:00:00Z", "id": "a", "do": "dance" } ]""", "orders[0].do: 'dance' is not one of")]
    [InlineData("""[ { "at": "2026-03-02T12:00:00Z", "id": "a", "do": "market", "symbol": "EURUSD", "side": "long", "lots": "1" } ]""", "orders[0].side: 'long' is not one of buy, sell")]
    [InlineData("""[ { "at": "2026-03-02T12:00:00Z", "id": "a", "do": "market", "symbol": "EURUSD", "side": "buy", "lots": 1 } ]""", "orders[0].lots: must be a string")]
    [InlineData("""{ "at": "" }""", "orders: must be a list")]
    [InlineData("""[ """, "not JSON")]
    public async Task A_malformed_orders_file_names_the_field_and_exits_2(string orders, string problem)
    {
        Assert.Equal(2, await Replay(orders));
        Assert.Contains(problem, _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_quote_names_its_line_and_wrong_options_show_the_help()
    {
        Assert.Equal(2, await ReplayOver("[]", Quotes + "\n2026-03-02T12:00:03Z,EURUSD,x,1.1"));
        Assert.Contains("line 6", _error.ToString(), StringComparison.Ordinal);

        Assert.Equal(2, await ReplayCommand.Run(["--groups", "x"], _output, _error));
        Assert.Contains("--groups is not an option here", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("usage: tradesense replay", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_kind_of_order_runs_and_is_told()
    {
        await ReplayOver("""
            [ { "at": "2026-03-02T12:00:00Z", "id": "l", "do": "limit", "symbol": "EURUSD", "side": "buy", "lots": "0.10", "price": "1.09950", "stopLoss": "1.09000", "distance": "0.00200" },
              { "at": "2026-03-02T12:00:00Z", "id": "o", "do": "oco", "legs": [
                  { "do": "stop", "symbol": "EURUSD", "side": "buy", "lots": "0.10", "price": "1.10300", "id": "up" },
                  { "do": "stopLimit", "symbol": "EURUSD", "side": "sell", "lots": "0.10", "price": "1.09000", "limitPrice": "1.09000" } ] },
              { "at": "2026-03-02T12:00:00Z", "id": "s", "do": "scaled", "symbol": "EURUSD", "side": "buy", "lots": "0.30", "from": "1.09800", "to": "1.09600", "count": 3, "until": "2026-03-02T12:00:03Z" },
              { "at": "2026-03-02T12:00:00Z", "id": "br", "do": "bracket", "symbol": "EURUSD", "side": "sell", "lots": "0.10", "price": "1.10200", "stopLoss": "1.10500", "takeProfit": "1.10010" },
              { "at": "2026-03-02T12:00:04Z", "id": "c", "do": "cancel", "order": "s" },
              { "at": "2026-03-02T12:00:05Z", "id": "m", "do": "modify", "position": "up", "takeProfit": "1.11000" },
              { "at": "2026-03-02T12:00:05Z", "id": "e", "do": "breakeven", "position": "up", "trigger": "0.00100", "offset": "0.00010" },
              { "at": "2026-03-02T12:00:05Z", "id": "t", "do": "timeStop", "position": "up", "until": "2026-03-02T12:00:06.500Z" },
              { "at": "2026-03-02T12:00:05Z", "id": "r", "do": "reverse", "position": "l" } ]
            """, """
            time_utc,symbol,bid,ask
            2026-03-02T12:00:00.000Z,EURUSD,1.10000,1.10010
            2026-03-02T12:00:01.000Z,EURUSD,1.09930,1.09940
            2026-03-02T12:00:02.000Z,EURUSD,1.10310,1.10320
            2026-03-02T12:00:04.500Z,EURUSD,1.10400,1.10410
            2026-03-02T12:00:06.000Z,EURUSD,1.10500,1.10510
            2026-03-02T12:00:07.000Z,EURUSD,1.10450,1.10460
            """);

        var told = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Told).Where(line => !line.StartsWith("accepted", StringComparison.Ordinal));
        Assert.Equal(
            [
                "filled l l 1.0994", "triggered up - 1.103", "cancelled o/2 oco 1.09", "filled up up 1.1032", "filled br br 1.1031",
                "cancelled s/1 expired 1.098", "cancelled s/2 expired 1.097", "cancelled s/3 expired 1.096", "refused c unknown_order -",
                "closed r reverse 1.104", "filled r r 1.104", "closed - stopLoss 1.1051", "closed - timeStop 1.1045", "summary",
            ], told);
    }

    [Fact]
    public async Task A_group_gives_commission_swap_sessions_and_netting()
    {
        await File.WriteAllTextAsync(InFolder("group.json"), """{ "commissionFactor": "1", "swapFree": false, "netting": true, "sessions": true, "maximumOrderLots": "2" }""", TestContext.Current.CancellationToken);

        await Replay("""
            [ { "at": "2026-03-02T12:00:00Z", "id": "a", "do": "market", "symbol": "EURUSD", "side": "buy", "lots": "1.00" },
              { "at": "2026-03-02T12:00:01Z", "id": "b", "do": "market", "symbol": "EURUSD", "side": "sell", "lots": "1.50" },
              { "at": "2026-03-02T12:00:01Z", "id": "c", "do": "market", "symbol": "EURUSD", "side": "sell", "lots": "2.01" },
              { "at": "2026-03-07T12:00:01Z", "id": "d", "do": "close", "position": "b" } ]
            """, "--group", InFolder("group.json"));

        var lines = _output.ToString();
        Assert.Contains("\"commission\":\"3\",\"balance\":\"99997\"", lines, StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"netting\"", lines, StringComparison.Ordinal);
        Assert.Contains("\"order\":\"c\",\"position\":null,\"symbol\":null,\"side\":null,\"lots\":null,\"price\":null,\"profit\":null,\"commission\":null,\"balance\":null,\"reason\":\"rule_forbids\"", lines, StringComparison.Ordinal);
        Assert.Equal(5, lines.Split("\"event\":\"swap\"").Length - 1);
        Assert.Contains("market_closed", lines, StringComparison.Ordinal);
        Assert.EndsWith("\"openPositions\":1,\"quotes\":3}\n", lines, StringComparison.Ordinal);
    }

    private static string Told(string line)
    {
        using var document = System.Text.Json.JsonDocument.Parse(line);
        var root = document.RootElement;
        string Of(string name) => root.TryGetProperty(name, out var value) ? value.GetString() ?? "-" : "-";
        return Of("event") switch
        {
            "summary" => "summary",
            "filled" => $"filled {Of("order")} {Of("position")} {Of("price")}",
            "triggered" => $"triggered {Of("order")} {Of("reason")} {Of("price")}",
            var other => $"{other} {Of("order")} {Of("reason")} {Of("price")}",
        };
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<int> Replay(string orders, params string[] options) => await ReplayOver(orders, Quotes, options);

    private async Task<int> ReplayOver(string orders, string quotes, params string[] options)
    {
        await File.WriteAllTextAsync(InFolder("quotes.csv"), quotes, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(InFolder("orders.json"), orders, TestContext.Current.CancellationToken);
        return await ReplayCommand.Run(["--quotes", InFolder("quotes.csv"), "--orders", InFolder("orders.json"), .. options], _output, _error);
    }

    private string InFolder(string file) => Path.Combine(_folder, file);
}
