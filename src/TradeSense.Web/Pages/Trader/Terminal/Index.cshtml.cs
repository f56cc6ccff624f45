using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.History;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Terminal;

public sealed class IndexModel(TraderAccounts accounts, TradeList trades, TerminalScreen screen, TicketDesk tickets, LiveTerminal live, TerminalStart start) : TradeSensePage
{
    [BindProperty(SupportsGet = true)]
    public Guid? Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Symbol { get; set; }

    [BindProperty(SupportsGet = true)]
    public BarPeriod Period { get; set; } = BarPeriod.M5;

    /// <summary>The journal's number up to which the browser knows; what it had read when its line broke stands in the header.</summary>
    [BindProperty(SupportsGet = true)]
    public long Since { get; set; }

    /// <summary>When the page was made, in milliseconds: alerts fired after it are told.</summary>
    [BindProperty(SupportsGet = true)]
    public long Made { get; set; }

    public Calendar.NewsStrip News { get; private set; } = null!;
    public TerminalSetup Setup { get; private set; } = null!;
    public TraderAccounts.Row? Account { get; private set; }
    public IReadOnlyList<TraderAccounts.Row> Others { get; private set; } = [];
    public Instrument Instrument { get; private set; } = null!;
    public AccountBar Bar { get; private set; } = null!;
    public WatchList Watch { get; private set; } = null!;
    public PositionTable Positions { get; private set; } = null!;
    public OrderTable Orders { get; private set; } = null!;
    public Ticket Ticket { get; private set; } = null!;
    public TradeList.Page History { get; private set; } = new([], 0, 0m, 0m, 0);

    /// <summary>The dock's history of one symbol only.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Traded { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool? Won { get; set; }

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        Others = await accounts.Of(User.UserId(), ct);
        Account = Id is null ? Others.FirstOrDefault() : Others.FirstOrDefault(account => account.Id == Id);
        if (Account is null) return Id is null ? Page() : NotFound();

        var view = await screen.View(Account.Id, ct);
        Instrument = Symbol is null ? screen.Usual(view) : TerminalScreen.Instrument(Symbol);
        (Bar, Watch) = (screen.Bar(Account, view), screen.Watch(Account, Instrument.Symbol, Period));
        Positions = screen.Positions(Account, view, TerminalScreen.InDock);
        Orders = TerminalScreen.Orders(Account, view);
        Ticket = await tickets.Blank(Account, view, Instrument, ct);
        History = await Trades(ct);
        Made = start.Now;
        News = await start.News(Account, ct);
        Setup = await start.Setup(User.UserId(), Account, Instrument, Period, ct);
        return Page();
    }

    /// <summary>The last trades again, after one more was closed.</summary>
    public async Task<IActionResult> OnGetHistory(CancellationToken ct)
    {
        Account = await accounts.Find(User.UserId(), Id ?? Guid.Empty, ct);
        if (Account is null) return NotFound();

        History = await Trades(ct);
        return Fragment("_History", this);
    }

    /// <summary>The journal's last entries in words.</summary>
    public async Task<IActionResult> OnGetJournal(CancellationToken ct) =>
        await accounts.Find(User.UserId(), Id ?? Guid.Empty, ct) is { } account ? Fragment("_Journal", await start.Journal(account, ct)) : NotFound();

    /// <summary>The page's one stream: see <see cref="LiveTerminal"/>.</summary>
    public async Task<IActionResult> OnGetLive(CancellationToken ct)
    {
        if (await accounts.Find(User.UserId(), Id ?? Guid.Empty, ct) is not { } account) return NotFound();

        return live.Stream(Tenant, account, Period, (User.UserId(), Made), long.TryParse(Request.Headers["Last-Event-ID"], CultureInfo.InvariantCulture, out var read) ? Math.Max(read, Since) : Since);
    }

    private Task<TradeList.Page> Trades(CancellationToken ct) =>
        trades.Run(new(Account!.Id, Symbol: string.IsNullOrEmpty(Traded) ? null : Traded, Won: Won), page: 1, size: 50, ct);
}
