using System.Collections.Frozen;
using System.Threading.Channels;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Alerts;

/// <summary>All alerts that wait, by symbol; and the crossings that are still to be told.</summary>
internal sealed class AlertBook
{
    private readonly FrozenDictionary<string, AlertLevels> _symbols = InstrumentCatalog.All.ToFrozenDictionary(instrument => instrument.Symbol, _ => new AlertLevels(), StringComparer.Ordinal);

    /// <summary>An alert is in the book or in here, never in both, so this cannot outgrow what traders may ask for.</summary>
    private readonly Channel<AlertCrossing> _crossings = Channel.CreateUnbounded<AlertCrossing>();

    public ChannelReader<AlertCrossing> Crossings => _crossings.Reader;

    public int Count => _symbols.Values.Sum(levels => levels.Count);

    /// <summary>On the way of every quote: two comparisons, as a rule.</summary>
    public void Hear(Quote quote)
    {
        if (!_symbols.TryGetValue(quote.Symbol, out var levels) || levels.Take(quote) is not { } reached) return;
        foreach (var alert in reached) Tell(new AlertCrossing(alert, quote));
    }

    public void Tell(AlertCrossing crossing) => _crossings.Writer.TryWrite(crossing);

    /// <param name="last">The symbol's last quote: where it has reached the price while the alert was on its way here, that counts.</param>
    public void Put(WatchedAlert alert, Quote? last)
    {
        if (!_symbols.TryGetValue(alert.Symbol, out var levels)) return;
        levels.Put(alert);
        if (last is { } quote) Hear(quote);
    }
}

/// <summary>This quote reached the price of this alert.</summary>
internal sealed record AlertCrossing(WatchedAlert Alert, Quote Quote);
