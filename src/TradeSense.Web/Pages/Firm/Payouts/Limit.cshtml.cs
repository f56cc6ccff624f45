using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Payouts;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Firm.Payouts;

/// <summary>From which share on a payout takes two people. Only who manages staff sets it: it decides who guards whom.</summary>
[Authorize(Policy = nameof(Permission.ManageStaff))]
public sealed class LimitModel(ChangePayoutLimit change, DemandProof proof) : TradeSensePage
{
    public sealed record Input
    {
        public decimal? Amount { get; init; }

        [DataType(DataType.Password)]
        public string? Password { get; init; }
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    public ChangePayoutLimit.Standing Standing { get; private set; } = null!;

    /// <summary>The password was shown within the last minutes: it need not be asked for.</summary>
    public bool IsProved { get; private set; }

    public string CurrencyCode => Tenant.Currency.Code;

    public async Task OnGet(CancellationToken ct)
    {
        await Read(ct);
        Form = new Input { Amount = Standing.Limit?.Amount };
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await Read(ct);
        if (!ModelState.IsValid) return Invalid("_LimitForm", this);

        var changed = await proof.Run(User.UserId(), User.SessionId(), Form.Password, ct);
        if (!changed.IsRefused) changed = await change.Run(Form.Amount, ct);
        if (changed.IsRefused) return Refused(changed.Refusal, "_LimitForm", this);

        Toast(Form.Amount is null ? "Each payout takes one approval." : "Saved. It holds for payouts that wait now, too.");
        return RedirectToPage("Index");
    }

    private async Task Read(CancellationToken ct) => (Standing, IsProved) = (await change.Read(ct), await proof.Stands(User.SessionId(), ct));
}
