using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Trading.Calendar;

namespace TradeSense.Web.Pages.Platform.Calendar;

/// <summary>The economic calendar of all brands.</summary>
public sealed class IndexModel(CalendarList events, RemoveCalendarEvent remove, TimeProvider clock) : TradeSensePage
{
    private const int PageSize = 50, LastImports = 5;

    [BindProperty(SupportsGet = true)]
    public bool Past { get; set; }

    [BindProperty(SupportsGet = true)]
    public Importance AtLeast { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int Number { get; set; } = 1;

    public IReadOnlyList<CalendarList.Row> Rows { get; private set; } = [];
    public IReadOnlyList<CalendarImport> Imports { get; private set; } = [];
    public int Total { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;

    public async Task OnGet(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (from, to) = Past ? (now.AddDays(-365), now) : (now, now.AddDays(800));
        (Rows, Total) = await events.Read(new(from, to, AtLeast: AtLeast), Number = Math.Clamp(Number, 1, 100_000), PageSize, ct);
        Imports = await events.Imports(LastImports, ct);
    }

    public async Task<IActionResult> OnPostRemove(Guid id, CancellationToken ct)
    {
        var removed = await remove.Run(id, ct);
        Toast(removed.IsRefused ? "It was gone already." : "The event is removed; it restricts nobody any more.");
        return RedirectToPage(new { Past, AtLeast, p = Number });
    }
}
