using System.Text;
using System.Text.Json;

namespace TradeSense.Tests.Web.Api;

/// <summary>One request of the fuzz: mostly an order of some type whose fields are hostile, sometimes no order at all. Bytes, because some are not even text.</summary>
public sealed class HostileOrder(HostileText text)
{
    /// <param name="Lots">What it asks for, where it is one order of one size.</param>
    public sealed record Request(HttpMethod Method, string Path, byte[]? Body, string? Lots = null, string? Price = null);

    private string? _lots;
    private string? _price;

    public Request Next(Guid account, string clientId)
    {
        (_lots, _price) = (null, null);
        var (root, number) = ($"/api/v2/accounts/{account}", text.Seldom(20) ? text.One("0", "-1", "2147483647", "2147483648", "x", "1.5") : $"{1 + text.Below(40)}");
        return text.Below(20) switch
        {
            0 => new(HttpMethod.Put, $"{root}/orders/{number}", Body([Field("clientId", clientId), .. Terms("lots", "price", "limitPrice", "stopLoss", "takeProfit"), .. Expiry()])),
            1 => new(HttpMethod.Put, $"{root}/positions/{number}", Body([Field("clientId", clientId), .. Terms("stopLoss", "takeProfit")])),
            2 => new(HttpMethod.Post, $"{root}/positions/{number}/close", Body([Field("clientId", clientId), .. Terms("lots")])),
            3 => new(HttpMethod.Put, $"{root}/positions/{number}/{text.One("trailing-stop", "breakeven")}", Body([Field("clientId", clientId), .. Terms(text.One("distance", "trigger"), "offset")])),
            4 => new(HttpMethod.Delete, $"{root}/orders/{number}?clientId={Uri.EscapeDataString(text.Often(3) ? clientId : text.Any())}&wholeGroup={text.One("true", "false", "yes", "")}", null),
            5 => new(HttpMethod.Post, $"{root}/positions/close-all", Body([Field("clientId", clientId), Field("withOrders", "true", isRaw: true)])),
            _ => Order(root, clientId),
        };
    }

    private Request Order(string root, string clientId)
    {
        var type = text.Seldom(30) ? text.Any() : text.One("market", "market", "limit", "stop", "stopLimit", "bracket", "oco", "scaled");
        List<string> fields = [Field("clientId", text.Often(15) ? clientId : text.Any()), Field("type", type), Field("symbol", text.Symbol()), Field("side", text.Side())];
        fields.AddRange(type switch
        {
            "limit" or "stop" => [.. Terms("lots", "price"), .. Expiry()],
            "stopLimit" => [.. Terms("lots", "price", "limitPrice"), .. Expiry()],
            "bracket" => [Field("entry", text.One("market", "limit", "stop", "stopLimit", "")), .. Terms("lots", "price", "stopLoss", "takeProfit")],
            "oco" => [$"\"legs\":[{string.Join(',', Enumerable.Range(0, text.Below(12)).Select(_ => Leg()))}]", .. Expiry()],
            "scaled" => [.. Terms("lots", "from", "to"), Field("count", text.One("2", "3", "50", "51", "0", "-1", "2147483648", "1e1", "\"3\"", "null"), isRaw: true), Field("split", text.One("equal", "weighted", "", "odd"))],
            _ => [.. Terms("lots")],
        });
        if (text.Seldom(8)) fields.AddRange(Terms(text.One("stopLoss", "takeProfit", "worstPrice", "trailingDistance", "breakevenTrigger", "breakevenOffset", "price")));
        if (text.Seldom(10)) fields.Add(Field("closeAt", text.Instant()));
        if (text.Seldom(25)) fields.Add(fields[text.Below(fields.Count)]);
        if (text.Seldom(25)) fields.Add(Field(text.One("Lots", "LOTS", "lots ", "__proto__", "$type", ""), "1"));
        var isWhole = type is "market" or "limit" or "stop" or "stopLimit" or "bracket";
        return new(HttpMethod.Post, $"{root}/orders", Body(fields), isWhole ? _lots : null, type is "limit" or "stop" or "stopLimit" ? _price : null);
    }

    private string Leg() => text.Seldom(15)
        ? text.One("null", "1", "[]", "{}")
        : $"{{{string.Join(',', Field("type", text.One("limit", "stop", "stopLimit", "market")), Field("symbol", text.Symbol()), Field("side", text.Side()), string.Join(',', Terms("lots", "price")))}}}";

    private IEnumerable<string> Expiry() => text.Often(4) ? [] : [Field("expiry", text.One("gtc", "day", "until", "never", "")), Field("until", text.Instant())];

    private IEnumerable<string> Terms(params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var value = name is "lots" ? text.Lots() : text.Price();
            // As a text; as a number or whatever else the letters make, where blanks around it mean nothing; or as something that is neither.
            var way = text.Below(40);
            var meant = way is > 0 and < 9 ? value.Trim(' ', '\t', '\n', '\r') : value;
            if (name is "lots") _lots = meant;
            if (name is "price") _price = meant;
            yield return way switch { 0 => Field(name, text.One("{}", "[]", "true", "null", "[1]"), isRaw: true), < 9 => Field(name, value, isRaw: true), _ => Field(name, value) };
        }
    }

    private static string Field(string name, string value, bool isRaw = false) => $"{JsonSerializer.Serialize(name)}:{(isRaw ? value : JsonSerializer.Serialize(value))}";

    private byte[] Body(IEnumerable<string> fields)
    {
        var json = "{" + string.Join(',', fields) + "}";
        var bytes = Encoding.UTF8.GetBytes(json);
        switch (text.Below(120))
        {
            case 0: return bytes[..text.Below(bytes.Length)];
            case 1: bytes[text.Below(bytes.Length)] = (byte)text.Below(256); return bytes;
            case 2: return [.. bytes, .. bytes];
            case 3: return Encoding.UTF8.GetBytes(new string('[', 200) + json);
            case 4: return Encoding.UTF8.GetBytes(json.Replace("\"side\":\"", "\"side\":\"\\ud800", StringComparison.Ordinal));
            case 5: return Encoding.Unicode.GetBytes(json);
            case 6: return Encoding.UTF8.GetBytes("/* */" + json);
            default: return bytes;
        }
    }
}
