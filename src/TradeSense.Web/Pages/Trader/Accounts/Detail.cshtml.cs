using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Risk.Incidents;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.History;
using TradeSense.Web.Hosting;
using TradeSense.Web.Identity;
using TradeSense.Web.Kept;
using TradeSense.Web.Live;

namespace TradeSense.Web.Pages.Trader.Accounts;

public sealed class DetailModel(AccountPage page, AccountReading reading, AccountPicture pictures, AccountScreen screen, LiveAccount live, PageKeeping keeping) : TradeSensePage
{
    public const int PageSize = AccountScreen.TradesShown;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int PageNumber { get; set; } = 1;

    [BindProperty(SupportsGet = true)]
    public string? Symbol { get; set; }

    /// <summary>won or lost; empty for both.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Result { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Month { get; set; }

    public AccountScreen.Screen Screen { get; private set; } = null!;
    public TradeList.Page Trades { get; private set; } = null!;
    public IReadOnlyList<AccountIncidents.Row> Incidents { get; private set; } = [];

    private TradeList.Filter Filter => new(Id, Symbol: Symbol, Won: Result switch { "won" => true, "lost" => false, _ => null });

    [BeginsLate]
    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (await page.Read(Id, User.UserId(), ct) is not { } read) return NotFound();

        Screen = screen.Of(read.Account, read.Parts, Month);
        Trades = PageNumber <= 1 && Filter == new TradeList.Filter(Id) ? Screen.NewestTrades : await reading.Trades(Filter, PageNumber, PageSize, ct);
        Incidents = read.Incidents;
        return await keeping.Answer(this, $"{read.Version} {Screen.Objectives?.Status}", await Now());
    }

    /// <summary>What quotes move, in the page's holes; the curve goes on with its next minute, as its points do.</summary>
    private async Task<Filling[]> Now()
    {
        var renderer = new PartialRenderer(PageContext);
        var positions = new Filling("positions", await renderer.RenderOnce("/Pages/Trader/Terminal/_PositionTable.cshtml", Id, Screen.Positions));
        return Screen.Objectives is { } objectives ? [positions, new Filling("objectives", await renderer.RenderOnce("_Objectives", Id, objectives))] : [positions];
    }

    public async Task<IActionResult> OnGetLive(CancellationToken ct) =>
        await pictures.Run(Id, User.UserId(), ct) is { IsRefused: false } picture ? live.Stream(picture.Value) : NotFound();

    public async Task<IActionResult> OnGetCsv(CancellationToken ct)
    {
        var picture = await pictures.Run(Id, User.UserId(), ct);
        if (picture.IsRefused) return NotFound();

        return File(System.Text.Encoding.UTF8.GetBytes(await reading.Csv(Filter, ct)), "text/csv", $"trades-{picture.Value.Account.Number}.csv");
    }
}
