using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Values;

namespace TradeSense.Web.Commands;

/// <summary>What the engine numbers, by the ids of the orders file: a position by the order that opened it, an order by its command or its leg.</summary>
internal sealed class ReplayNames
{
    private readonly Dictionary<string, PositionNumber> _positions = [];
    private readonly Dictionary<PositionNumber, string> _openedBy = [];

    /// <summary>Legs that have ids of their own: the engine's <c>oco/1</c> is the file's name for it.</summary>
    private readonly Dictionary<string, string> _legs = [];

    public void Note(ReplayOrder command)
    {
        for (var i = 0; i < command.Legs.Count; i++) _legs[$"{command.Id}/{i + 1}"] = command.Legs[i].Id;
    }

    public void Note(PositionOpened opened)
    {
        _positions[NameOf(opened.ClientId)] = opened.Position;
        _openedBy.TryAdd(opened.Position, NameOf(opened.ClientId));
    }

    public string NameOf(string orderId) => _legs.GetValueOrDefault(orderId, orderId);

    public string NameOf(PositionNumber position) => _openedBy[position];

    public PositionNumber PositionOf(string? id) => id is null ? default : _positions.GetValueOrDefault(id);

    /// <summary>The waiting order of this id; of a command with several the first that still waits.</summary>
    public OrderNumber OrderOf(string? id, AccountState state) =>
        state.Orders.FirstOrDefault(o => NameOf(o.OrderId) == id || CommandOf(o.OrderId) == id)?.Number ?? default;

    /// <summary>Not a leg by a name of its own: then all that is left of it is meant.</summary>
    public bool IsCommand(string? id) => id is not null && !_legs.ContainsValue(id) && !_legs.ContainsKey(id);

    private static string CommandOf(string orderId) => orderId.LastIndexOf('/') is > 0 and var slash ? orderId[..slash] : orderId;
}
