using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Risk.Incidents;

namespace TradeSense.Web.Pages.Firm.Incidents;

/// <summary>The firm's incidents: those with accounts that wait for a decision first.</summary>
[Authorize(Policy = nameof(Permission.DecideAppeals))]
public sealed class IndexModel(IncidentList incidents, Promises promises) : TradeSensePage
{
    private const int PageSize = 25;

    [BindProperty(Name = "p", SupportsGet = true)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<IncidentList.Row> Rows { get; private set; } = [];
    public IReadOnlyDictionary<IncidentKind, Remedy> Promised { get; private set; } = new Dictionary<IncidentKind, Remedy>();
    public int Total { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;
    public int Waiting => Rows.Sum(row => row.Waiting);

    public async Task OnGet(CancellationToken ct)
    {
        (Rows, Total) = await incidents.Read(Number = Math.Clamp(Number, 1, 100_000), PageSize, ct);
        Promised = await promises.Read(ct);
    }
}
