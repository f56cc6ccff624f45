using System.Text.Json;
using TradeSense.Engine;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using TradeSense.Modules.Risk;

namespace TradeSense.Web.Commands;

/// <summary>One command of an orders file. Sizes and prices stay text: what they are worth is for the engine to refuse.</summary>
internal sealed record ReplayOrder(DateTimeOffset At, string Id, string Do, string Content)
{
    public string? Symbol { get; init; }
    public Side Side { get; init; }
    public string? Lots { get; init; }
    public string? Position { get; init; }
    public Level StopLoss { get; init; } = new(null, IsNamed: false);
    public Level TakeProfit { get; init; } = new(null, IsNamed: false);

    /// <summary>A level that is not named stays; one named null goes.</summary>
    internal sealed record Level(string? Text, bool IsNamed);

    public AccountCommand Command(AccountId account, TradingEngine engine, PositionNumber position)
    {
        var open = engine.State(account)?.Positions.FirstOrDefault(p => p.Number == position);
        return Do switch
        {
            "market" => new MarketOrder(At, account, Id, Symbol!, Side, LotsIn(Symbol!) ?? default, PriceIn(Symbol!, StopLoss, null), PriceIn(Symbol!, TakeProfit, null)),
            "close" => new ClosePosition(At, account, Id, position, LotsIn(open?.Symbol)),
            "closeAll" => new CloseAllPositions(At, account, Id),
            "modify" => new ModifyPosition(
                At, account, Id, position, PriceIn(open?.Symbol, StopLoss, open?.StopLoss), PriceIn(open?.Symbol, TakeProfit, open?.TakeProfit)),
            _ => throw new InvalidOperationException($"{Do} was not refused when it was read."),
        };
    }

    /// <summary>Text that is no size becomes zero lots, which the engine refuses in its place among the reasons.</summary>
    private Lots? LotsIn(string? symbol)
    {
        if (Lots is null) return null;
        return InstrumentCatalog.All.FirstOrDefault(i => i.Symbol == symbol) is { } instrument && Engine.Values.Lots.TryParse(Lots, instrument, out var lots) ? lots : default(Lots);
    }

    private static Price? PriceIn(string? symbol, Level level, Price? otherwise)
    {
        if (!level.IsNamed) return otherwise;
        if (level.Text is null) return null;
        return InstrumentCatalog.All.FirstOrDefault(i => i.Symbol == symbol) is { } instrument && Price.TryParse(level.Text, instrument, out var price) ? price : default(Price);
    }
}

/// <summary>Reads an orders file.</summary>
internal static class ReplayOrders
{
    private static readonly Dictionary<string, string[]> FieldsOf = new()
    {
        ["market"] = ["symbol", "side", "lots", "stopLoss", "takeProfit"],
        ["close"] = ["position", "lots"],
        ["closeAll"] = [],
        ["modify"] = ["position", "stopLoss", "takeProfit"],
    };

    private static readonly string[] Later =
        ["limit", "stop", "stopLimit", "oco", "bracket", "scaled", "cancel", "trailingStop", "breakeven", "timeStop"];

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
            List<ReplayOrder> orders = [.. fields.Objects("orders").Select(Order).OfType<ReplayOrder>()];
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

    private static ReplayOrder? Order(JsonFields order)
    {
        var (at, id, verb) = (order.Instant("at"), order.Text("id"), order.Text("do"));
        if (verb is null || id is null || at is null) return null;
        if (!FieldsOf.TryGetValue(verb, out var known))
        {
            order.Problem("do", Later.Contains(verb) ? $"'{verb}' is not offered yet" : $"'{verb}' is not one of {string.Join(", ", FieldsOf.Keys)}");
            return null;
        }

        order.Only(["at", "id", "do", .. known]);
        return new ReplayOrder(at.Value, id, verb, order.Element.GetRawText())
        {
            Symbol = verb == "market" ? order.Text("symbol") : null,
            Side = verb == "market" ? Choice(order) : default,
            Lots = verb == "market" || order.Has("lots") ? order.Text("lots") : null,
            Position = known.Contains("position") ? order.Text("position") : null,
            StopLoss = LevelOf(order, "stopLoss"),
            TakeProfit = LevelOf(order, "takeProfit"),
        };
    }

    private static Side Choice(JsonFields order)
    {
        if (!order.Has("side")) order.Problem("side", "is missing");
        return order.Choice("side", Side.Buy);
    }

    private static ReplayOrder.Level LevelOf(JsonFields order, string name) =>
        !order.Has(name) ? new(null, IsNamed: false)
        : order.Element.GetProperty(name).ValueKind == JsonValueKind.Null ? new(null, IsNamed: true)
        : new(order.Text(name), IsNamed: true);
}
