using TradeSense.Engine.Accounts;
using TradeSense.Engine.Values;

namespace TradeSense.Engine;

/// <summary>An engine on its way back from what was stored. Positions may be made on several threads at once, as they are read; accounts are added by one.</summary>
public sealed class EngineRestore
{
    /// <param name="asOf">The stopped engine's <see cref="TradingEngine.Now"/>.</param>
    public EngineRestore(EngineOptions options, DateTimeOffset asOf, IEnumerable<Quote> lastQuotes)
    {
        Engine = new TradingEngine(options);
        Engine.Begin(asOf, lastQuotes);
    }

    /// <summary>Whole once every account was added.</summary>
    public TradingEngine Engine { get; }

    /// <exception cref="ArgumentException">Its symbol is not traded.</exception>
    public RestoredPosition Position(PositionState stored)
    {
        var position = new Position(Engine.BookOf(stored.Symbol), stored);
        position.NoteStored();
        return new RestoredPosition(position);
    }

    /// <param name="account">Its own list of positions is not looked at.</param>
    /// <param name="positions">Oldest first.</param>
    /// <exception cref="ArgumentException">A position's symbol, or a pair needed to convert its profit, has no last quote.</exception>
    public void Add(AccountState account, IReadOnlyList<RestoredPosition> positions) => Engine.Add(account, [.. positions.Select(position => position.Inner)]);
}

/// <summary>A position as the engine holds it, before its account is there.</summary>
public readonly struct RestoredPosition
{
    internal RestoredPosition(Position inner) => Inner = inner;

    internal Position Inner { get; }

    public PositionNumber Number => Inner.Number;
    public decimal CommissionPaid => Inner.CommissionPaid;
}
