using TradeSense.Engine.Accounts;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Calendar;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Web.Pages.Trader.Calendar;

/// <summary>An event with what the account's own rules say about it.</summary>
/// <param name="Window">Null when it does not restrict the account.</param>
public sealed record CalendarEntry(CalendarList.Row Event, NewsWindow? Window)
{
    /// <summary>Long lists of symbols are counted.</summary>
    public string Symbols => Window is null ? "" : Window.Symbols.Count <= 4 ? string.Join(", ", Window.Symbols) : $"{string.Join(", ", Window.Symbols.Take(3))} and {Window.Symbols.Count - 3} more";
}

/// <summary>One day of the reader's zone.</summary>
public sealed record CalendarDay(DateOnly Day, IReadOnlyList<CalendarEntry> Entries);

/// <summary>What restricts an account soon: one line in the terminal.</summary>
public sealed record NewsStrip(Guid AccountId, IReadOnlyList<CalendarEntry> Next);

/// <summary>Marks the calendar's events by an account's rules, in the reader's zone.</summary>
public sealed class CalendarDesk(CalendarList events, TenantFormat format, TimeProvider clock)
{
    private const int Soon = 3, MostInAWeek = 1000;

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), format.Zone).DateTime);

    /// <summary>So many days from this one on; days without events are left out.</summary>
    public async Task<IReadOnlyList<CalendarDay>> Days(DateOnly from, int days, string? currency, Importance atLeast, AccountTerms? terms, CancellationToken ct)
    {
        var (rows, _) = await events.Read(new(StartOf(from), StartOf(from.AddDays(days)), currency, atLeast), 1, MostInAWeek, ct);
        return [.. rows.Select(row => new CalendarEntry(row, NewsWindow.Of(terms, row))).GroupBy(entry => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(entry.Event.At, format.Zone).DateTime)).Select(day => new CalendarDay(day.Key, [.. day]))];
    }

    /// <summary>The next events that restrict the account, those whose window lasts still among them; none when its rules do not speak of news.</summary>
    public async Task<NewsStrip> Strip(TraderAccounts.Row account, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (account.Terms.Rules?.News is not { } rule) return new NewsStrip(account.Id, []);

        var (rows, _) = await events.Read(new(now.AddMinutes(-rule.MinutesAfter), now.AddHours(24), AtLeast: Importance.High), 1, MostInAWeek, ct);
        return new NewsStrip(account.Id, [.. rows.Select(row => new CalendarEntry(row, NewsWindow.Of(account.Terms, row))).Where(entry => entry.Window is { } window && window.To >= now).Take(Soon)]);
    }

    /// <summary>Midnight, or the first instant of a day that has none.</summary>
    private DateTimeOffset StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (format.Zone.IsInvalidTime(local)) local = local.AddMinutes(30);
        return new DateTimeOffset(local, format.Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
