namespace TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;

public enum NewsImpact { Low, Medium, High }

/// <summary>A scheduled release that moves the instruments of its currency.</summary>
public sealed record NewsEvent(DateTimeOffset At, string Currency, string Title, NewsImpact Impact);

/// <summary>The synthetic market's schedule of releases from 2008 to 2059: the same for the same seed, at the local times real releases keep.</summary>
public sealed class NewsCalendar
{
    public const int FirstYear = 2008;
    public const int LastYear = 2059;

    private readonly NewsEvent[] _events;

    public NewsCalendar(int seed)
    {
        _events = Enumerable.Range(FirstYear, LastYear - FirstYear + 1)
            .SelectMany(year => Enumerable.Range(1, 12).Select(month => (year, month)))
            .SelectMany(at => NewsSchedule.Month(seed, at.year, at.month))
            .OrderBy(news => news.At)
            .ThenBy(news => news.Title, StringComparer.Ordinal)
            .ToArray();
    }

    public IReadOnlyList<NewsEvent> All => _events;

    /// <summary>Releases from <paramref name="from"/> inclusive to <paramref name="to"/> exclusive, in time order.</summary>
    public IReadOnlyList<NewsEvent> Between(DateTimeOffset from, DateTimeOffset to) =>
        new ArraySegment<NewsEvent>(_events, IndexOf(from), Math.Max(0, IndexOf(to) - IndexOf(from)));

    /// <summary>The first release of a currency after an instant; of any currency when none is named.</summary>
    public NewsEvent? Next(DateTimeOffset after, string? currency = null, NewsImpact atLeast = NewsImpact.Low)
    {
        for (var i = IndexOf(after.AddTicks(1)); i < _events.Length; i++)
        {
            if (_events[i].Impact >= atLeast && (currency is null || _events[i].Currency == currency)) return _events[i];
        }

        return null;
    }

    /// <summary>The index of the first release at or after an instant.</summary>
    private int IndexOf(DateTimeOffset at)
    {
        var (low, high) = (0, _events.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_events[middle].At < at) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
