using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Payments;
using TradeSense.Web.Identity;
using TradeSense.Web.Security;

namespace TradeSense.Web.Pages.Trader.Checkout;

/// <summary>The order after it was placed: waiting, paid, held. It asks for its own status until the webhook has landed.</summary>
[Limited(LimitedAct.Checkout)]
public sealed class OrderModel(OrderList orders, OpenPaymentPage open) : TradeSensePage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public OrderList.Row Order { get; private set; } = null!;

    public async Task<IActionResult> OnGet(CancellationToken ct) => await Load(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetStatus(CancellationToken ct) => await Load(ct) ? Fragment("_OrderStatus", Order) : NotFound();

    public async Task<IActionResult> OnPostPay(CancellationToken ct)
    {
        var address = await open.Run(Id, User.UserId(), ct);
        if (address.IsRefused) return RedirectToPage(new { id = Id });

        return Redirect(address.Value);
    }

    private async Task<bool> Load(CancellationToken ct)
    {
        PageExceptions.Of(HttpContext).NoReferrer = true;
        if (await orders.Find(Id, User.UserId(), ct) is not { } order) return false;

        Order = order;
        return true;
    }
}
