using System.Text.Json;
using TradeSense.Engine.Values;
using TradeSense.Modules.Risk;

namespace TradeSense.Web.Commands;

/// <summary>Reads an orders file: the form of every command is checked here, what it means is the engine's matter.</summary>
internal static class ReplayOrders
{
    private static readonly string[] Guarded = ["stopLoss", "takeProfit", "distance", "trigger", "offset"];
    private static readonly string[] Expiring = ["until", "expiry"];
    private static readonly string[] Opening = ["symbol", "side", "lots", .. Guarded];
    private static readonly string[] Waiting = [.. Opening, "price", .. Expiring];

    /// <summary>The fields of each command; those before the bar must be there.</summary>
    private static readonly Dictionary<string, (string[] Needed, string[] Known)> FieldsOf = new()
    {
        ["market"] = (["symbol", "side", "lots"], [.. Opening, "worstPrice"]),
        ["limit"] = (["symbol", "side", "lots", "price"], Waiting),
        ["stop"] = (["symbol", "side", "lots", "price"], Waiting),
        ["stopLimit"] = (["symbol", "side", "lots", "price", "limitPrice"], [.. Waiting, "limitPrice"]),
        ["bracket"] = (["symbol", "side", "lots", "stopLoss", "takeProfit"], [.. Waiting, "limitPrice", "entry", "worstPrice"]),
        ["oco"] = (["legs"], ["legs", .. Expiring]),
        ["scaled"] = ([], [.. Opening, "from", "to", "count", "split", "legs", .. Expiring]),
        ["close"] = (["position"], ["position", "lots"]),
        ["closeAll"] = ([], ["symbol"]),
        ["reverse"] = (["position"], ["position"]),
        ["modify"] = ([], ["position", "order", "lots", "price", "limitPrice", "stopLoss", "takeProfit", .. Expiring]),
        ["cancel"] = (["order"], ["order"]),
        ["trailingStop"] = (["position", "distance"], ["position", "distance"]),
        ["breakeven"] = (["position", "trigger"], ["position", "trigger", "offset"]),
        ["timeStop"] = (["position", "until"], ["position", "until"]),
    };

    public static IReadOnlyList<ReplayOrder> Read(string file, List<string> problems)
    {
        if (!File.Exists(file))
        {
            problems.Add($"{file}: there is no such file");
            return [];
        }

        List<string> found = [];
        try
        {
            using var document = JsonDocument.Parse($$"""{ "orders": {{File.ReadAllText(file)}} }""");
            var fields = new JsonFields(document.RootElement.Clone(), "", found);
            List<ReplayOrder> orders = [.. fields.Objects("orders").Select(Command).OfType<ReplayOrder>()];
            for (var i = 1; i < orders.Count; i++)
                if (orders[i].At < orders[i - 1].At) found.Add($"orders[{i}].at: is before the order above it");
            return orders;
        }
        catch (JsonException bad)
        {
            found.Add($"line {bad.LineNumber + 1}: not JSON");
            return [];
        }
        finally
        {
            problems.AddRange(found.Select(p => $"{file}: {p}"));
        }
    }

    private static ReplayOrder? Command(JsonFields order)
    {
        var (at, id, verb) = (order.Instant("at"), order.Text("id"), order.Text("do"));
        if (verb is null || id is null || at is null) return null;
        if (!FieldsOf.TryGetValue(verb, out var fields))
        {
            order.Problem("do", $"'{verb}' is not one of {string.Join(", ", FieldsOf.Keys)}");
            return null;
        }

        order.Only(["at", "id", "do", .. fields.Known]);
        if (verb == "modify" && order.Has("position") == order.Has("order")) order.Problem("position", "give a position or an order, not both");
        string[] needed = verb == "scaled" && !order.Has("legs") ? ["symbol", "side", "lots", "from", "to", "count"] : fields.Needed;
        foreach (var name in needed.Where(name => !order.Has(name))) order.Problem(name, "is missing");

        var read = Fields(order, at.Value, id, verb, ContentOf(order.Element));
        return verb is "oco" or "scaled" && order.Has("legs") ? read with { Legs = Legs(order, read, verb) } : read;
    }

    /// <summary>A leg takes symbol and side from its command where it names none; its id is the command's with its place unless it has one.</summary>
    private static IReadOnlyList<ReplayOrder> Legs(JsonFields order, ReplayOrder command, string verb)
    {
        var legs = new List<ReplayOrder>();
        foreach (var leg in order.Objects("legs"))
        {
            var kind = verb == "scaled" ? "limit" : leg.Text("do") ?? "limit";
            if (kind is not ("limit" or "stop" or "stopLimit")) leg.Problem("do", $"'{kind}' is not one of limit, stop, stopLimit");
            leg.Only("id", "do", "symbol", "side", "lots", "price", "limitPrice", "stopLoss", "takeProfit", "distance", "trigger", "offset");
            if (!leg.Has("symbol") && command.Symbol is null) leg.Problem("symbol", "is missing");
            if (!leg.Has("lots")) leg.Problem("lots", "is missing");
            if (!leg.Has("price")) leg.Problem("price", "is missing");
            if (kind == "stopLimit" && !leg.Has("limitPrice")) leg.Problem("limitPrice", "is missing");
            var read = Fields(leg, command.At, leg.Has("id") ? leg.Text("id") ?? "" : $"{command.Id}/{legs.Count + 1}", kind, "");
            legs.Add(read with { Symbol = read.Symbol ?? command.Symbol, Side = leg.Has("side") || verb == "oco" ? read.Side : command.Side });
        }

        return legs;
    }

    private static ReplayOrder Fields(JsonFields order, DateTimeOffset at, string id, string verb, string content) => new(at, id, verb, content)
    {
        Symbol = order.Has("symbol") ? order.Text("symbol") : null,
        Side = order.Choice("side", Side.Buy),
        Lots = order.Has("lots") ? order.Text("lots") : null,
        Position = order.Has("position") ? order.Text("position") : null,
        Order = order.Has("order") ? order.Text("order") : null,
        Price = Level(order, "price"),
        LimitPrice = Level(order, "limitPrice"),
        StopLoss = Level(order, "stopLoss"),
        TakeProfit = Level(order, "takeProfit"),
        WorstPrice = Level(order, "worstPrice"),
        Distance = Level(order, "distance"),
        Trigger = Level(order, "trigger"),
        Offset = Level(order, "offset"),
        From = Level(order, "from"),
        To = Level(order, "to"),
        Until = order.Has("until") && order.Element.GetProperty("until").ValueKind != JsonValueKind.Null ? order.Instant("until") : null,
        Expiry = order.Choice("expiry", ReplayExpiry.Same, ReplayExpiry.Gtc, ReplayExpiry.Day),
        Entry = order.Has("entry") ? order.Choice<ReplayEntry>("entry", ReplayEntry.Market) : null,
        Count = order.Has("count") ? order.Count("count") : 0,
        IsWeighted = order.Has("split") && order.Choice<ReplaySplit>("split", ReplaySplit.Equal) == ReplaySplit.Weighted,
    };

    /// <summary>What a command says, whatever its spacing, the order of its fields and its time: a repetition has another.</summary>
    private static string ContentOf(JsonElement element, bool isCommand = true) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().Where(field => !isCommand || field.Name != "at").OrderBy(field => field.Name, StringComparer.Ordinal)
            .Select(field => $"{JsonSerializer.Serialize(field.Name)}:{ContentOf(field.Value, isCommand: false)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(one => ContentOf(one, isCommand: false)))}]",
        JsonValueKind.String => JsonSerializer.Serialize(element.GetString()),
        _ => element.GetRawText(),
    };

    private static ReplayText Level(JsonFields order, string name) =>
        !order.Has(name) ? ReplayText.Absent
        : order.Element.GetProperty(name).ValueKind == JsonValueKind.Null ? new(null, IsNamed: true)
        : new(order.Text(name), IsNamed: true);

    private enum ReplaySplit { Equal, Weighted }
}
