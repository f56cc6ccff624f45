using TradeSense.Engine.Accounts;
using TradeSense.Engine.Instruments;

namespace TradeSense.Modules.Trading.Calendar;

/// <summary>What an account's own rules say about an event: from when to when, for which instruments, and with what effect.</summary>
public sealed record NewsWindow(DateTimeOffset From, DateTimeOffset To, NewsEffect Effect, IReadOnlyList<string> Symbols)
{
    /// <summary>Null when the event does not restrict the account: it is not important enough, concerns nothing that is traded here, or the account has no such rule.</summary>
    public static NewsWindow? Of(AccountTerms? terms, CalendarList.Row row)
    {
        if (terms?.Rules?.News is not { } rule || row.Importance is not Importance.High) return null;

        var listed = new NewsEvent(row.At, row.Currency, row.Title);
        string[] symbols = [.. InstrumentCatalog.All.Where(instrument => rule.Covers(listed, instrument, row.At)).Select(instrument => instrument.Symbol)];
        return symbols.Length == 0 ? null : new NewsWindow(row.At.AddMinutes(-rule.MinutesBefore), row.At.AddMinutes(rule.MinutesAfter), rule.Effect, symbols);
    }
}
