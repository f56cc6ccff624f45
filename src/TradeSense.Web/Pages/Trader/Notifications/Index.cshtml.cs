using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Notifications;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Notifications;

public sealed class IndexModel(NotificationList notifications) : TradeSensePage
{
    private const int PageSize = 30;

    [BindProperty(SupportsGet = true, Name = "p")]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<NotificationList.Row> Rows { get; private set; } = [];
    public int Pages { get; private set; }

    public async Task OnGet(CancellationToken ct)
    {
        (Rows, var total) = await notifications.Read(User.UserId(), PageNumber, PageSize, ct);
        Pages = (total + PageSize - 1) / PageSize;
    }
}
