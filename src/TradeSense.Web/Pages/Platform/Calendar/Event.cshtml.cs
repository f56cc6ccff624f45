using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Trading.Calendar;

namespace TradeSense.Web.Pages.Platform.Calendar;

public sealed class EventModel(CalendarList events, ChangeCalendarEvent change) : TradeSensePage
{
    public sealed record Input
    {
        public string? At { get; init; }
        public string? Currency { get; init; }
        public string? Title { get; init; }
        public Importance Importance { get; init; } = Importance.High;
        public string? Forecast { get; init; }
        public string? Previous { get; init; }
    }

    [BindProperty(SupportsGet = true)]
    public Guid? Id { get; set; }

    [BindProperty]
    public Input Form { get; set; } = new();

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (Id is not { } id) return Page();
        if (await events.Find(id, ct) is not { } row) return NotFound();

        Form = new Input { At = row.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Currency = row.Currency, Title = row.Title, Importance = row.Importance, Forecast = row.Forecast, Previous = row.Previous };
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var changed = await change.Run(new(Id, Form.At, Form.Currency, Form.Title, Form.Importance, Form.Forecast, Form.Previous), ct);
        if (changed.IsRefused) return Refused(changed.Refusal, "_EventForm", this);

        Toast("The calendar is changed.");
        return RedirectToPage("Index");
    }
}
