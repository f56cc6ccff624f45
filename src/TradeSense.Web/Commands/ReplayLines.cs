using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Web.Commands;

/// <summary>Writes what happened as JSON lines, every field in each, null where it says nothing. Positions go by the id of the order that opened them.</summary>
internal sealed class ReplayLines(TextWriter output, ReplayNames names)
{
    /// <summary>Orders as they were placed, for what is told of them later.</summary>
    private readonly Dictionary<OrderNumber, OrderState> _orders = [];

    public async Task Write(IEnumerable<EngineEvent> events)
    {
        foreach (var happened in events)
            if (Line(happened) is { } line) await output.WriteLineAsync(line.ToJsonString());
    }

    /// <summary>A command that was not refused is accepted first; then comes what it led to.</summary>
    public async Task WriteOutcome(ReplayOrder order, IReadOnlyCollection<EngineEvent> events, decimal balance)
    {
        if (!events.Any(e => e is CommandRefused))
        {
            await output.WriteLineAsync(Line(order.At, "accepted", new()
            {
                ["order"] = order.Id, ["position"] = order.Position, ["symbol"] = order.Symbol, ["side"] = order.Symbol is null ? null : Word(order.Side),
                ["lots"] = order.Lots, ["price"] = order.Price.Text, ["balance"] = events.Count == 0 ? PlainDecimal.Text(balance) : null,
            }).ToJsonString());
        }

        await Write(events);
    }

    public Task WriteRefusal(DateTimeOffset at, string order, RejectReason reason) =>
        output.WriteLineAsync(Line(at, "refused", new() { ["order"] = order, ["reason"] = reason.Code() }).ToJsonString());

    public Task WriteSummary(AccountView account, int quotes) => output.WriteLineAsync(new JsonObject
    {
        ["event"] = "summary",
        ["balance"] = PlainDecimal.Text(account.State.Balance),
        ["equity"] = PlainDecimal.Text(account.Equity),
        ["openPositions"] = account.Positions.Count,
        ["quotes"] = quotes,
    }.ToJsonString());

    private JsonObject? Line(EngineEvent happened)
    {
        switch (happened)
        {
            case PositionOpened e:
                names.Note(e);
                return Line(e.At, "filled", new()
                {
                    ["order"] = names.NameOf(e.ClientId), ["position"] = names.NameOf(e.Position), ["symbol"] = e.Symbol, ["side"] = Word(e.Side), ["lots"] = Text(e.Lots.Value),
                    ["price"] = Text(e.Price.Value), ["commission"] = Text(e.Commission), ["balance"] = Text(e.Balance),
                });
            case PositionClosed e:
                return Line(e.At, e.Reason == CloseReason.StopOut ? "stopOut" : "closed", new()
                {
                    ["order"] = e.ClientId.Length > 0 ? e.ClientId : null, ["position"] = names.NameOf(e.Position), ["symbol"] = e.Symbol, ["side"] = Word(e.Side),
                    ["lots"] = Text(e.Lots.Value), ["price"] = Text(e.Price.Value), ["profit"] = Text(e.Profit), ["commission"] = Text(e.Commission),
                    ["balance"] = Text(e.Balance), ["reason"] = Word(e.Reason),
                });
            case OrderPlaced e:
                _orders[e.Order.Number] = e.Order;
                return null;
            case OrderModified e:
                _orders[e.Order.Number] = e.Order;
                return null;
            case OrderTriggered e:
                return Waiting(e.At, "triggered", e.Order, null);
            case OrderCancelled e:
                return Waiting(e.At, "cancelled", e.Order, e.Refusal?.Code() ?? Word(e.Reason));
            case SwapCharged e:
                return Line(e.At, "swap", new() { ["position"] = names.NameOf(e.Position), ["profit"] = Text(e.Amount), ["balance"] = Text(e.Balance) });
            case CommandRefused e:
                return Line(e.At, "refused", new() { ["order"] = e.ClientId, ["reason"] = e.Reason.Code() });
            case AccountFailed e:
                return Verdict(e.Breach, e.Evidence);
            case AccountPaused e:
                return Verdict(e.Breach, e.Evidence);
            default:
                return null;
        }
    }

    private JsonObject Waiting(DateTimeOffset at, string name, OrderNumber number, string? reason)
    {
        var order = _orders[number];
        return Line(at, name, new()
        {
            ["order"] = names.NameOf(order.OrderId), ["symbol"] = order.Symbol, ["side"] = Word(order.Side), ["lots"] = Text(order.Lots.Value),
            ["price"] = Text(order.Price.Value), ["reason"] = reason,
        });
    }

    private static JsonObject Verdict(Breach breach, BreachEvidence evidence) => Line(breach.At, "breach", new()
    {
        ["profit"] = Text(evidence.Floating), ["balance"] = Text(evidence.BalanceBefore), ["reason"] = Word(breach.Rule),
    });

    private static JsonObject Line(DateTimeOffset at, string name, Dictionary<string, string?> known)
    {
        var line = new JsonObject
        {
            ["at"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["event"] = name,
        };
        foreach (var field in new[] { "order", "position", "symbol", "side", "lots", "price", "profit", "commission", "balance", "reason" })
            line[field] = known.GetValueOrDefault(field);
        return line;
    }

    private static string Text(decimal value) => PlainDecimal.Text(value);

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
