using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Trading.Calendar;

namespace TradeSense.Web.Pages.Platform.Calendar;

public sealed class PreviewModel(CalendarImportDetail imports, ApplyCalendarImport apply) : TradeSensePage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public CalendarImportDetail.Picture Import { get; private set; } = null!;

    /// <summary>How many lines would do something.</summary>
    public int Useful => Import.Count(RowFate.New) + Import.Count(RowFate.Changed);

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (await imports.Read(Id, ct) is not { } import) return NotFound();

        Import = import;
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var applied = await apply.Run(Id, ct);
        if (applied.IsRefused && applied.Refusal.Code == CalendarRefusal.Unknown.Code) return NotFound();

        Toast(applied.IsRefused ? "This file was taken over already." : $"{applied.Value.Added} events added, {applied.Value.Changed} changed.");
        return RedirectToPage("Index");
    }
}
