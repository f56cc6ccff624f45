using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Risk.Incidents;
using TradeSense.Web.Pages.Firm.Incidents;

namespace TradeSense.Web.Pages.Platform.Incidents;

public sealed class DeclareModel(DeclareMarketIncident declare) : TradeSensePage
{
    [BindProperty]
    public IncidentForm Form { get; set; } = new();

    public void OnGet() { }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (!ModelState.IsValid) return Invalid("/Pages/Firm/Incidents/_DeclareForm.cshtml", Form);

        DateTimeOffset? to = string.IsNullOrWhiteSpace(Form.To) ? null : IncidentForm.Instant(Form.To);
        var declared = await declare.Run(new(Form.Kind, Form.Symbols, IncidentForm.Instant(Form.From), to, Form.Reason), ct);
        if (declared.IsRefused) return Refused(declared.Refusal, "/Pages/Firm/Incidents/_DeclareForm.cshtml", Form);

        Toast("The incident is declared.");
        return RedirectToPage("Index");
    }
}
