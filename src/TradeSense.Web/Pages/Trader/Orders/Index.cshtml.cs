using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Payments;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Orders;

public sealed class IndexModel(OrderList orders) : TradeSensePage
{
    private const int Size = 20;

    [BindProperty(SupportsGet = true, Name = "p")] public int PageNumber { get; set; } = 1;

    public IReadOnlyList<OrderList.Row> Rows { get; private set; } = [];
    public int Pages { get; private set; }

    public async Task OnGet(CancellationToken ct)
    {
        PageNumber = Math.Max(1, PageNumber);
        (Rows, var total) = await orders.Of(User.UserId(), PageNumber, Size, ct);
        Pages = (total + Size - 1) / Size;
    }
}
