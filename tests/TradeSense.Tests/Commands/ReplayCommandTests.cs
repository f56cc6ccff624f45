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

        Assert.Equal((0, ""), (exitCode, _error.ToString().Replace("1 quotes were left out: crossed, before their symbol's last, or too fine", "", StringComparison.Ordinal).Trim()));
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
    [InlineData("""{ "id": "a", "do": "market", "symbol": "GBPUSD", "side": "buy", "lots": "0.10" }""", "unknown_instrument")]
    [InlineData("""{ "id": "a", "do": "close", "position": "zzz" }""", "unknown_position")]
    public async Task What_cannot_be_done_is_refused_with_its_code(string order, string code)
    {
        var exitCode = await Replay($"[ {order.Replace("{ \"id\"", "{ \"at\": \"2026-03-02T12:00:00Z\", \"id\"", StringComparison.Ordinal)} ]");

        Assert.Equal(0, exitCode);
        Assert.Contains($"\"reason\":\"{code}\"", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[ { "at": "2026-03-02T12:00:00Z", "id": "a", "do": "trailingStop" } ]""", "orders[0].do: 'trailingStop' is not offered yet")]
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

        Assert.Equal(2, await ReplayCommand.Run(["--group", "x"], _output, _error));
        Assert.Contains("--group is not an option here", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("usage: tradesense replay", _error.ToString(), StringComparison.Ordinal);
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
