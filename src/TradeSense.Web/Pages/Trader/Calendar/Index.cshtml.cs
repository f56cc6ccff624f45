using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Calendar;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Calendar;

/// <summary>The economic calendar in the trader's own time, with what the rules of one of their accounts say about each event.</summary>
public sealed class IndexModel(CalendarDesk calendar, CalendarList events, TraderAccounts accounts) : TradeSensePage
{
    private const int Week = 7;

    [BindProperty(SupportsGet = true)]
    public string? Day { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Currency { get; set; }

    [BindProperty(SupportsGet = true)]
    public Importance AtLeast { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Account { get; set; }

    public DateOnly From { get; private set; }
    public IReadOnlyList<CalendarDay> Days { get; private set; } = [];
    public IReadOnlyList<string> Currencies { get; private set; } = [];
    public IReadOnlyList<TraderAccounts.Row> Accounts { get; private set; } = [];
    public TraderAccounts.Row? Chosen { get; private set; }

    public async Task OnGet(CancellationToken ct)
    {
        Accounts = [.. (await accounts.Of(User.UserId(), ct)).Where(account => account.IsRunning)];
        Chosen = Accounts.FirstOrDefault(account => account.Id == Account) ?? Accounts.FirstOrDefault();
        Currencies = await events.Currencies(ct);
        if (!Currencies.Contains(Currency)) Currency = null;
        From = DateOnly.TryParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2100 ? day : calendar.Today;
        Days = await calendar.Days(From, Week, Currency, AtLeast, Chosen?.Terms, ct);
    }

    /// <summary>The terminal's line of what restricts the account soon.</summary>
    public async Task<IActionResult> OnGetStrip(CancellationToken ct) =>
        await accounts.Find(User.UserId(), Account ?? Guid.Empty, ct) is { } account ? Fragment("_NewsStrip", await calendar.Strip(account, ct)) : NotFound();

    public string PathOf(DateOnly day) => Url.Page("Index", new { Day = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Currency, AtLeast, Account })!;
}
