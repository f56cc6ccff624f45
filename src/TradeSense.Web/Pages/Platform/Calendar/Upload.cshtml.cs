using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Trading.Calendar;
using TradeSense.Web.Forms;

namespace TradeSense.Web.Pages.Platform.Calendar;

public sealed class UploadModel(ReadCalendarFile read) : TradeSensePage
{
    public sealed record Input
    {
        public IFormFile? File { get; init; }
        public string? Source { get; init; }
        public string? TimeZone { get; init; } = "Etc/UTC";
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    public static IReadOnlyList<string> Zones { get; } = ["Etc/UTC", .. Trader.Profile.IndexModel.Zones.Where(zone => zone != "Etc/UTC")];

    public void OnGet() { }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var file = await Form.File.Read(ReadCalendarFile.MostBytes, ct);
        var import = await read.Run(new(file?.Name, file?.Bytes, Form.Source, Form.TimeZone), ct);
        return import.IsRefused ? Refused(import.Refusal, "_UploadForm", this) : RedirectToPage("Preview", new { id = import.Value });
    }
}
