using TradeSense.Engine.Values;

namespace TradeSense.Engine;

/// <summary>What an engine is built with.</summary>
/// <param name="Staleness">A command finds no price when the symbol's last quote is older than this; null = any age will do (replays).</param>
/// <param name="EnforceSessions">Commands outside an instrument's session are refused <c>market_closed</c>, and quotes from outside it decide nothing.</param>
public sealed record EngineOptions(IReadOnlyList<Instrument> Instruments, TimeSpan? Staleness, bool EnforceSessions)
{
    /// <summary>The limits of single symbols, where they differ from <see cref="Staleness"/>: coins are never quiet, currencies at night are.</summary>
    public IReadOnlyDictionary<string, TimeSpan> StalenessOf { get; init; } = new Dictionary<string, TimeSpan>();

    public TimeSpan? StalenessLimit(string symbol) => StalenessOf.TryGetValue(symbol, out var limit) ? limit : Staleness;

    /// <summary>Settles every holder on every quote instead of trusting the quiet bands: the slow twin that tests compare with.</summary>
    internal bool DecidesEveryQuote { get; init; }
}

/// <summary>What a set of accounts holds in one symbol, both sides added up.</summary>
public sealed record SymbolExposure(string Symbol, Lots Long, Lots Short)
{
    /// <summary>Long − short in lots: negative when the accounts are short on balance.</summary>
    public decimal Net => Long.Value - Short.Value;
}
