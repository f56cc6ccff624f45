using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Risk.Incidents;

namespace TradeSense.Web.Pages.Firm.Incidents;

[Authorize(Policy = nameof(Permission.DecideAppeals))]
public sealed class DeclareModel(DeclareIncident declare) : TradeSensePage
{
    [BindProperty]
    public IncidentForm Form { get; set; } = new();

    public void OnGet() { }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (!ModelState.IsValid) return Invalid("_DeclareForm", Form);

        var declared = await declare.Run(new(Form.Kind, Form.Symbols, IncidentForm.Instant(Form.From), IncidentForm.Instant(Form.To), Form.Reason), ct);
        if (declared.IsRefused) return Refused(declared.Refusal, "_DeclareForm", Form);

        Toast("The incident is declared; the accounts it touched are listed.");
        return RedirectToPage("Incident", new { id = declared.Value });
    }
}
