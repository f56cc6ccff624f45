using Microsoft.AspNetCore.Mvc;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.History;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Terminal;

public sealed class IndexModel(TraderAccounts accounts, TradeList trades, TerminalScreen screen, TicketDesk tickets, LiveTerminal live) : TradeSensePage
{
    [BindProperty(SupportsGet = true)]
    public Guid? Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Symbol { get; set; }

    [BindProperty(SupportsGet = true)]
    public BarPeriod Period { get; set; } = BarPeriod.M5;

    public string Culture => Tenant.Culture;
    public TraderAccounts.Row? Account { get; private set; }
    public IReadOnlyList<TraderAccounts.Row> Others { get; private set; } = [];
    public Instrument Instrument { get; private set; } = null!;
    public AccountBar Bar { get; private set; } = null!;
    public WatchList Watch { get; private set; } = null!;
    public PositionTable Positions { get; private set; } = null!;
    public Ticket Ticket { get; private set; } = null!;
    public IReadOnlyList<TradeList.Row> History { get; private set; } = [];

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        Others = await accounts.Of(User.UserId(), ct);
        Account = Id is null ? Others.FirstOrDefault() : Others.FirstOrDefault(account => account.Id == Id);
        if (Account is null) return Id is null ? Page() : NotFound();

        var view = await screen.View(Account.Id, ct);
        Instrument = Symbol is null ? screen.Usual(view) : TerminalScreen.Instrument(Symbol);
        (Bar, Watch) = (screen.Bar(Account, view), screen.Watch(Account.Id, Instrument.Symbol, Period));
        Positions = screen.Positions(Account, view, Instrument.Symbol);
        Ticket = await tickets.Blank(Account, view, Instrument, ct);
        History = (await trades.Run(new(Account.Id), page: 1, size: 20, ct)).Rows;
        return Page();
    }

    /// <summary>The last trades again, after one more was closed.</summary>
    public async Task<IActionResult> OnGetHistory(CancellationToken ct)
    {
        Account = await accounts.Find(User.UserId(), Id ?? Guid.Empty, ct);
        if (Account is null) return NotFound();

        History = (await trades.Run(new(Account.Id), page: 1, size: 20, ct)).Rows;
        return Fragment("_History", this);
    }

    /// <summary>The page's one stream: account bar, watch list and positions, from memory.</summary>
    public async Task<IActionResult> OnGetLive(CancellationToken ct) =>
        await accounts.Find(User.UserId(), Id ?? Guid.Empty, ct) is { } account ? live.Stream(account, TerminalScreen.Instrument(Symbol ?? "").Symbol, Period) : NotFound();
}
