using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using TradeSense.Tests.Conventions;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Web.Api;

/// <summary>
/// Hostile orders through the API and through the page's form: nothing breaks, and nothing is taken that the instrument's specification does not allow.
/// Seeded: a failure prints its seed. <c>FUZZ_ORDERS=100000</c> makes it the full run, which takes minutes and is done by hand; <c>FUZZ_SEED</c> repeats one.
/// </summary>
public sealed class OrderFuzzTests(ITestOutputHelper output)
{
    private const int UsualOrders = 3000, Workers = 4, PageEvery = 5, FlatEvery = 60;
    private static readonly int[] Good = [200, 400, 404, 413, 415, 422];

    private readonly ConcurrentDictionary<string, int> _answers = new();
    private readonly ConcurrentQueue<string> _faults = [];

    [Fact]
    public async Task Hostile_orders_by_api_and_page_break_nothing_and_take_nothing_beyond_the_specification()
    {
        var (orders, seed) = (Setting("FUZZ_ORDERS") ?? UsualOrders, Setting("FUZZ_SEED") ?? TimeProvider.System.GetUtcNow().Millisecond * 7919 + Environment.ProcessId);
        output.WriteLine($"seed {seed}, {orders} orders");
        await using var site = await Site.Start(TimeProvider.System, builder => builder.UseSetting("TRADESENSE_API_RATE", "1000000").UseSetting("TRADESENSE_API_BURST", "1000000"));
        await using var firm = await TestFirm.Create(site);
        var traders = new List<ApiTrader>();
        for (var i = 0; i < Workers; i++) traders.Add(await ApiTrader.Open(firm, terms: TestDesk.Terms with { DailyLoss = null, OverallLoss = null, InitialBalance = 1_000_000_000m, ProfitTarget = null }));
        await ApiTrader.Price(firm, 60_000m, 60_010m);

        await Task.WhenAll(traders.Select((trader, i) => Task.Run(() => Work(trader, new Random(seed + i), orders / Workers), TestContext.Current.CancellationToken)));

        foreach (var (answer, count) in _answers.OrderByDescending(pair => pair.Value)) output.WriteLine($"{count,8} {answer}");
        Verdict.NoOffences(_faults.Take(20).Select(fault => $"seed {seed}: {fault}"));
        Assert.Empty(site.Errors);
        foreach (var (what, sql) in BeyondSpecification()) Assert.True((await site.Audit(sql, firm.Tenant.Id)).Count == 0, $"seed {seed}: {what}");
        Assert.True(_answers.GetValueOrDefault("api 200") > orders / 20, "Hardly anything was accepted: the fuzz ends at the door.");
        Assert.True(_answers.GetValueOrDefault("page 200") > orders / 100, "Hardly anything was accepted by the page.");
    }

    private async Task Work(ApiTrader trader, Random chance, int orders)
    {
        var text = new HostileText(chance);
        var (hostile, form) = (new HostileOrder(text), (await trader.Person.Browser.Get($"/trader/terminal/{trader.Account}/order?symbol={ApiTrader.Symbol}")).Ok().Form("#ticket").Fields);
        for (var i = 0; i < orders && _faults.Count < 20; i++)
        {
            // A price of some minutes ago would be refused for its age, and accounts full of orders take no more.
            if (i % FlatEvery == 0) await ApiTrader.Price(trader.Firm, 60_000m, 60_010m);
            if (i % FlatEvery == 0) await trader.Send(HttpMethod.Post, trader.Path("/positions/close-all"), $$"""{"clientId":"flat-{{i}}","withOrders":true}""");
            if (i % PageEvery == 0) await ByPage(trader, text, form, $"p{i}");
            else await ByApi(trader, hostile.Next(trader.Account, $"a{i}"));
        }
    }

    private async Task ByApi(ApiTrader trader, HostileOrder.Request order)
    {
        using var request = new HttpRequestMessage(order.Method, order.Path);
        if (order.Body is { } body) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var answer = await trader.Http.SendAsync(request);
        var status = (int)answer.StatusCode;
        Count("api", status);
        var said = await answer.Content.ReadAsStringAsync();
        if (!Good.Contains(status)) _faults.Enqueue($"{order.Method} {order.Path} answered {status} to {Shown(order.Body)}: {said}");
        if (status != 200) return;

        foreach (var fact in JsonNode.Parse(said)!["events"]!.AsArray().Where(fact => (string?)fact!["type"] is "positionOpened" or "orderPlaced"))
        {
            if (order.Lots is { } lots && !Says(lots, (string)fact!["lots"]!)) _faults.Enqueue($"lots “{lots}” became {fact["lots"]}: {Shown(order.Body)}");
            // A limit that can be filled at once is, at the market's price.
            if (order.Price is { } price && (string?)fact!["type"] is "orderPlaced" && !Says(price, (string)fact!["price"]!)) _faults.Enqueue($"price “{price}” became {fact["price"]}: {Shown(order.Body)}");
        }
    }

    private async Task ByPage(ApiTrader trader, HostileText text, IReadOnlyList<(string Name, string Value)> form, string clientId)
    {
        var fields = form.Where(field => field.Name is not "ClientId").ToDictionary(field => field.Name, field => field.Value);
        (fields["ClientId"], fields["Type"]) = (text.Often(20) ? clientId : text.Any(), text.One("market", "market", "limit", "stop", "stopLimit", "bracket", "oco", "scaled", "market", "limit", text.Any()));
        (fields["Lots"], fields["side"], fields["SizeBy"]) = (text.Lots(), text.One("Buy", "Sell", "Buy", "Sell", "Buy", "buy", "", "2", "-1"), text.One("lots", "lots", "lots", "lots", "lots", "lots", "risk", "money", "odd"));
        foreach (var name in (string[])["Price", "LimitPrice", "OtherPrice", "From", "To"]) fields[name] = text.Price();
        foreach (var name in (string[])["StopLoss", "TakeProfit", "TrailingDistance"])
            if (text.Seldom(5)) fields[name] = text.Price();
        foreach (var name in (string[])["RiskPercent", "RiskMoney", "Count", "BreakevenTrigger", "BreakevenOffset", "Until", "CloseAt", "LevelsBy", "Entry", "Split", "Expiry"])
            if (text.Seldom(40)) fields[name] = text.Any();

        using var content = new FormUrlEncodedContent(fields);
        var address = new Uri(trader.Person.Browser.Home, $"/trader/terminal/{trader.Account}/order?symbol={Uri.EscapeDataString(text.Symbol())}");
        var page = await trader.Person.Browser.Send(HttpMethod.Post, address, content, request => request.Headers.Accept.ParseAdd("application/json"));
        Count("page", (int)page.Status);
        if (!Good.Contains((int)page.Status)) _faults.Enqueue($"the page answered {(int)page.Status} to {string.Join('&', fields)}");
    }

    /// <summary>What was taken is what was written: plain digits of the same value.</summary>
    private static bool Says(string written, string taken) =>
        written.All(letter => char.IsAsciiDigit(letter) || letter == '.') && decimal.TryParse(written, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
        && value == decimal.Parse(taken, CultureInfo.InvariantCulture);

    /// <summary>Everything that was ever opened or placed, against limits, step and digits: rows that should not be.</summary>
    private static IEnumerable<(string What, string Sql)> BeyondSpecification()
    {
        var all = string.Join(", ", InstrumentCatalog.All.Select(it => string.Create(CultureInfo.InvariantCulture, $"('{it.Symbol}', {it.MinimumLots.Value}, {it.LotStep.Value}, {it.MaximumLots.Value}, {it.Digits})")));
        string Query(string kind, string order) => $"""
            with facts as (select {order} as o from journal_entries where tenant_id = $1 and kind = '{kind}')
            select o::text from facts left join (values {all}) as spec (symbol, least, step, most, digits) on spec.symbol = o ->> 'symbol'
            where spec.symbol is null or (o ->> 'lots')::numeric not between least and most or mod((o ->> 'lots')::numeric, step) <> 0
               or exists (select from unnest(array['price', 'limitPrice', 'stopLoss', 'takeProfit']) as name
                          where (o ->> name)::numeric <> round((o ->> name)::numeric, digits) or (o ->> name)::numeric <= 0)
            limit 3
            """;
        // A trailing stop may stand between two of an instrument's digits, where the feed quotes; what was typed may not.
        string OfPosition(string kind, params string[] named) => $"""
            with facts as (
                select e.body::jsonb as o, (select w.body::jsonb ->> 'symbol' from journal_entries w where w.tenant_id = e.tenant_id and w.account_id = e.account_id
                    and w.kind = 'position_opened' and w.body::jsonb -> 'position' = e.body::jsonb -> 'position' limit 1) as symbol
                from journal_entries e where e.tenant_id = $1 and e.kind = '{kind}')
            select o::text from facts left join (values {all}) as spec (symbol, least, step, most, digits) on spec.symbol = facts.symbol
            where spec.symbol is null or (o ->> 'stopLoss')::numeric <= 0
               or exists (select from unnest(array[{string.Join(", ", named.Select(path => $"o #>> '{path}'"))}]) as typed
                          where typed::numeric <> round(typed::numeric, digits) or typed::numeric <= 0)
            limit 3
            """;
        yield return ("a position was modified", OfPosition("position_modified", "{stopLoss}", "{takeProfit}"));
        yield return ("a position was guarded", OfPosition("position_guarded", "{guards,trailingDistance}", "{guards,breakeven,trigger}", "{guards,breakeven,offset}"));
        yield return ("a position was opened", Query("position_opened", "body::jsonb"));
        yield return ("an order was placed", Query("order_placed", "body::jsonb -> 'order'"));
        yield return ("an order was changed", Query("order_modified", "body::jsonb -> 'order'"));
    }

    private void Count(string way, int status) => _answers.AddOrUpdate($"{way} {status}", 1, (_, count) => count + 1);

    private static string Shown(byte[]? body) => body is null ? "" : System.Text.Encoding.UTF8.GetString(body[..Math.Min(body.Length, 600)]);

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
