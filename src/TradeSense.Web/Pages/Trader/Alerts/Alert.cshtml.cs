using Microsoft.AspNetCore.Mvc;
using TradeSense.Engine.Values;
using TradeSense.Modules.Alerts;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Alerts;

public sealed class AlertModel(PriceAlertList alerts, SetPriceAlert set, LatestQuotes quotes, TimeProvider clock) : AlertPage(set, quotes)
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public override Guid? AlertId => Id;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (await alerts.Find(User.UserId(), Id, ct) is not { Status: AlertStatus.Waiting } alert) return NotFound();

        var left = (alert.ExpiresAt - clock.GetUtcNow()).TotalDays;
        Form = new Input { Symbol = alert.Symbol, Kind = alert.Kind, Wanted = PlainDecimal.Text(alert.Wanted), Days = Waits.First(wait => wait.Days >= left || wait == Waits[^1]).Days, Note = alert.Note, ByMail = alert.ByMail };
        return Page();
    }

    public Task<IActionResult> OnPost(CancellationToken ct) => Set(ct);
}
