using System.Globalization;

namespace TradeSense.Modules.Trading.Quotes.Feeds.Live.Fix;

/// <summary>The best bid and offer of each symbol, from snapshots and the increments after them.</summary>
internal sealed class FixBook(VenueTalk talk)
{
    private const string Bid = "0", Offer = "1", Delete = "2";
    private readonly Dictionary<string, (decimal? Bid, decimal? Ask)> _tops = new(StringComparer.Ordinal);

    /// <summary>Both sides as they stand now.</summary>
    public void TakeSnapshot(FixMessage message)
    {
        if (message.Text(Tags.Symbol) is not { } symbol)
        {
            talk.Unreadable();
            return;
        }

        _tops[symbol] = default;
        foreach (var entry in Entries(message, Tags.EntryType)) Apply(entry, symbol);
        Tell(symbol, message);
    }

    /// <summary>What changed, each entry with its action; several symbols may share a message.</summary>
    public void TakeIncrements(FixMessage message)
    {
        string? symbol = null;
        var touched = new List<string>();
        foreach (var entry in Entries(message, Tags.UpdateAction))
        {
            symbol = entry.GetValueOrDefault(Tags.Symbol) ?? symbol;
            if (symbol is null || !_tops.ContainsKey(symbol) || !Apply(entry, symbol)) talk.Unreadable();
            else if (!touched.Contains(symbol)) touched.Add(symbol);
        }

        foreach (var one in touched) Tell(one, message);
    }

    private bool Apply(IReadOnlyDictionary<int, string> entry, string symbol)
    {
        var isGone = entry.GetValueOrDefault(Tags.UpdateAction) == Delete;
        if (!isGone && PriceOf(entry) is null) return false;

        var (top, price) = (_tops[symbol], isGone ? null : PriceOf(entry));
        switch (entry.GetValueOrDefault(Tags.EntryType))
        {
            case Bid: _tops[symbol] = (price, top.Ask); return true;
            case Offer: _tops[symbol] = (top.Bid, price); return true;
            default: return false;
        }
    }

    private void Tell(string symbol, FixMessage message)
    {
        if (_tops[symbol] is { Bid: { } bid, Ask: { } ask }) talk.Quote(symbol, bid, ask, message.SentAt);
    }

    /// <summary>The repeating group after <see cref="Tags.Entries"/>: each entry begins with the same field.</summary>
    private static IEnumerable<IReadOnlyDictionary<int, string>> Entries(FixMessage message, int first)
    {
        Dictionary<int, string>? entry = null;
        foreach (var (tag, value) in message.Fields.SkipWhile(field => field.Tag != Tags.Entries).Skip(1))
        {
            if (tag == first)
            {
                if (entry is not null) yield return entry;
                entry = [];
            }

            entry?.TryAdd(tag, value);
        }

        if (entry is not null) yield return entry;
    }

    private static decimal? PriceOf(IReadOnlyDictionary<int, string> entry) =>
        decimal.TryParse(entry.GetValueOrDefault(Tags.EntryPrice), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var price) ? price : null;
}
