using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules;
using TradeSense.Modules.Payments;
using TradeSense.Web.Identity;
using TradeSense.Web.Security;

namespace TradeSense.Web.Pages.Trader.Checkout;

/// <summary>The summary before ordering. What is shown is read from the model version; what the form sends back is only compared with it.</summary>
[Limited(LimitedAct.Checkout)]
public sealed class IndexModel(CheckoutOffer offers, StartCheckout start, OpenPaymentPage open, TimeProvider clock) : TradeSensePage
{
    public sealed record Input(Guid ModelVersionId, decimal Size, decimal SeenPrice, Guid Key);

    [BindProperty(SupportsGet = true)] public Guid? Version { get; set; }
    [BindProperty(SupportsGet = true)] public string? Model { get; set; }
    [BindProperty(SupportsGet = true)] public decimal? Size { get; set; }
    [BindProperty] public Input? Form { get; set; }

    public CheckoutOffer.View? Offer { get; private set; }
    public Guid Key { get; private set; }

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        await Show(Guid.CreateVersion7(clock.GetUtcNow()), ct);
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (Form is null || !ModelState.IsValid) return await Again(PaymentRefusal.NotOnOffer, ct);

        var order = await start.Run(new(User.UserId(), Form.ModelVersionId, Form.Size, Form.SeenPrice, Form.Key), ct);
        if (order.IsRefused) return await Again(order.Refusal, ct);

        var address = await open.Run(order.Value, User.UserId(), ct);
        return address.IsRefused ? RedirectToPage("Order", new { id = order.Value }) : Redirect(address.Value);
    }

    private async Task<IActionResult> Again(Refusal refusal, CancellationToken ct)
    {
        if (Form is not null) (Version, Size) = (Form.ModelVersionId, Form.Size);
        ModelState.Clear();
        await Show(Form?.Key ?? Guid.CreateVersion7(clock.GetUtcNow()), ct);
        return Refused(refusal, "_Summary", this);
    }

    private async Task Show(Guid key, CancellationToken ct)
    {
        PageExceptions.Of(HttpContext).NoReferrer = true;
        Key = key;
        Offer = await offers.Read(Version, Model, Size ?? 0m, ct);
        if (Offer is null) Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
