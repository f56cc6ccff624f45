using TradeSense.Engine.Values;

namespace TradeSense.Modules.Alerts;

/// <summary>An alert as the watcher holds it.</summary>
internal sealed record WatchedAlert(Guid TenantId, Guid Id, string Symbol, decimal? RisesTo, decimal? FallsTo, DateTimeOffset ChangedAt);

/// <summary>
/// The prices that alerts of one symbol wait for, in order. A quote is compared with the nearest on each side and nothing else, whatever the number of alerts;
/// only one that reaches a price takes the lock.
/// </summary>
internal sealed class AlertLevels
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, WatchedAlert> _alerts = [];
    private readonly SortedSet<(decimal Price, Guid Id)> _rises = [];
    private readonly SortedSet<(decimal Price, Guid Id)> _falls = [];

    /// <summary>Replaced as a whole: a reader never sees one half of it new.</summary>
    private volatile Nearest _nearest = Nearest.None;

    public int Count
    {
        get
        {
            lock (_gate) return _alerts.Count;
        }
    }

    public void Put(WatchedAlert alert)
    {
        lock (_gate)
        {
            Remove(alert.Id);
            _alerts[alert.Id] = alert;
            if (alert.RisesTo is { } high) _rises.Add((high, alert.Id));
            if (alert.FallsTo is { } low) _falls.Add((low, alert.Id));
            Look();
        }
    }

    public void Drop(Guid id)
    {
        lock (_gate)
        {
            Remove(id);
            Look();
        }
    }

    /// <summary>Takes out the alerts whose price this quote has reached; null for nearly every quote.</summary>
    public List<WatchedAlert>? Take(in Quote quote)
    {
        var (nearest, bid) = (_nearest, quote.Bid.Value);
        if (bid < nearest.Rise && bid > nearest.Fall) return null;

        lock (_gate)
        {
            var reached = new List<WatchedAlert>();
            while (_rises.Count > 0 && _rises.Min.Price <= bid) reached.Add(Remove(_rises.Min.Id)!);
            while (_falls.Count > 0 && _falls.Max.Price >= bid) reached.Add(Remove(_falls.Max.Id)!);
            Look();
            return reached;
        }
    }

    private WatchedAlert? Remove(Guid id)
    {
        if (!_alerts.Remove(id, out var alert)) return null;
        if (alert.RisesTo is { } high) _rises.Remove((high, id));
        if (alert.FallsTo is { } low) _falls.Remove((low, id));
        return alert;
    }

    private void Look() => _nearest = new Nearest(_rises.Count > 0 ? _rises.Min.Price : decimal.MaxValue, _falls.Count > 0 ? _falls.Max.Price : decimal.MinValue);

    private sealed record Nearest(decimal Rise, decimal Fall)
    {
        public static Nearest None { get; } = new(decimal.MaxValue, decimal.MinValue);
    }
}
