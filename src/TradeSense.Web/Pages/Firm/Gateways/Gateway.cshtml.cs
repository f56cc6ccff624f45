using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Payments.Gateways;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Firm.Gateways;

/// <summary>One way to pay: on or off, and what it keeps.</summary>
[Authorize(Policy = nameof(Permission.ManageBrand))]
public sealed class GatewayModel(GatewayList gateways, ChangeGateway change, DemandProof proof) : TradeSensePage
{
    public sealed record Input
    {
        public bool IsEnabled { get; init; }
        public decimal FeePercent { get; init; }
        public decimal FeeFixed { get; init; }

        [DataType(DataType.Password)]
        public string? Password { get; init; }
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    public GatewayList.Row Row { get; private set; } = null!;
    /// <summary>The password was shown within the last minutes: it need not be asked for.</summary>
    public bool IsProved { get; private set; }

    public string Currency => Tenant.Currency.Code;

    public async Task<IActionResult> OnGet(string name, CancellationToken ct)
    {
        if (!await Find(name, ct)) return NotFound();

        Form = new Input { IsEnabled = Row.IsEnabled, FeePercent = Row.FeePercent.Value, FeeFixed = Row.FeeFixed.Amount };
        return Page();
    }

    public async Task<IActionResult> OnPost(string name, CancellationToken ct)
    {
        if (!await Find(name, ct)) return NotFound();
        if (!ModelState.IsValid) return Invalid("_GatewayForm", this);

        var proved = await proof.Run(User.UserId(), User.SessionId(), Form.Password, ct);
        if (proved.IsRefused) return Refused(proved.Refusal, "_GatewayForm", this);

        var changed = await change.Run(new(name, Form.IsEnabled, Form.FeePercent, Form.FeeFixed), ct);
        if (changed.IsRefused) return Refused(changed.Refusal, "_GatewayForm", this);

        Toast(Form.IsEnabled ? $"{Row.Title} takes new orders." : $"{Row.Title} takes no new orders.");
        return RedirectToPage("Index");
    }

    private async Task<bool> Find(string name, CancellationToken ct)
    {
        IsProved = await proof.Stands(User.SessionId(), ct);
        Row = (await gateways.Read(ct)).SingleOrDefault(row => row.Name == name)!;
        return Row is not null;
    }
}
