using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Risk.Incidents;

namespace TradeSense.Web.Pages.Firm.Incidents;

/// <summary>What the firm does about an incident of each kind, said before anything happens.</summary>
[Authorize(Policy = nameof(Permission.DecideAppeals))]
public sealed class PromisesModel(Promises promises) : TradeSensePage
{
    [BindProperty]
    public Dictionary<IncidentKind, Remedy> Form { get; set; } = [];

    public async Task OnGet(CancellationToken ct) => Form = new Dictionary<IncidentKind, Remedy>(await promises.Read(ct));

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (!ModelState.IsValid || Form.Any(one => !Enum.IsDefined(one.Key) || !Promises.Choices.Contains(one.Value))) return BadRequest();

        await promises.Change(Form, ct);
        Toast("Saved. It holds for incidents from now on.");
        return RedirectToPage("Index");
    }
}
