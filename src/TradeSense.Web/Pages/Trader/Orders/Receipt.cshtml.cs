using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Payments;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Orders;

public sealed class ReceiptModel(OrderList orders) : TradeSensePage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public OrderList.Receipt Receipt { get; private set; } = null!;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (await orders.ReceiptOf(Id, User.UserId(), ct) is not { } receipt) return NotFound();

        Receipt = receipt;
        return Page();
    }
}
