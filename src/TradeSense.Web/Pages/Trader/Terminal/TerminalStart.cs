using TradeSense.Engine.Values;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.History;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Modules.Trading.Terminal;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>Puts together what the terminal's script starts from.</summary>
public sealed class TerminalStart(TerminalItems items, JournalTail journal, JournalList entries, DealWords words, CurrentTenant tenant, Calendar.CalendarDesk calendar)
{
    private const int JournalLength = 60;

    /// <summary>In milliseconds.</summary>
    public long Now => calendar.Now.ToUnixTimeMilliseconds();

    public Task<Calendar.NewsStrip> News(TraderAccounts.Row account, CancellationToken ct) => calendar.Strip(account, ct);

    public async Task<TerminalSetup> Setup(Guid userId, TraderAccounts.Row account, Instrument instrument, BarPeriod period, CancellationToken ct) => new(
        account.Id, account.Number, tenant.Value.Culture, account.Currency.Code, instrument.Symbol, period.ToString(), await journal.Head(tenant.Value.Id, account.Id, ct),
        TerminalSetup.MarketsOf(account), TerminalSetup.Lengths, TerminalSetup.Of(await items.Run(userId, ct)));

    /// <summary>What has no words of its own is named by its kind.</summary>
    public async Task<DockJournal> Journal(TraderAccounts.Row account, CancellationToken ct)
    {
        var (rows, total) = await entries.Run(account.Id, page: 1, size: JournalLength, ct);
        return new DockJournal(total, [.. rows.Select(row => new DockJournal.Row(row.Sequence, row.At, words.Of(row.Event, account.Currency)?.Text ?? $"{StatusPillTagHelper.Words(row.Kind)}."))]);
    }
}
