using Microsoft.AspNetCore.Mvc;
using TradeSense.Engine.Values;
using TradeSense.Modules.Alerts;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Web.Identity;
using TradeSense.Web.Pages.Trader.Terminal;

namespace TradeSense.Web.Pages.Trader.Alerts;

/// <summary>The form of one price alert, new or waiting. The terminal shows it in a window of its own.</summary>
public abstract class AlertPage(SetPriceAlert set, LatestQuotes quotes) : TradeSensePage
{
    public sealed record Input
    {
        public string? Symbol { get; init; }
        public AlertKind Kind { get; init; }
        public string? Wanted { get; init; }
        public int Days { get; init; } = 30;
        public string? Note { get; init; }
        public bool ByMail { get; init; }
    }

    public static IReadOnlyList<(int Days, string Words)> Waits { get; } = [(1, "1 day"), (7, "1 week"), (30, "30 days"), (90, "90 days")];

    [BindProperty]
    public Input Form { get; set; } = new();

    public Instrument Instrument => TerminalScreen.Instrument(Form.Symbol ?? "");

    public Quote? Last => quotes.TryGet(Instrument.Symbol, out var latest) ? latest.Quote : null;

    /// <summary>The alert's own address; null while it is new.</summary>
    public abstract Guid? AlertId { get; }

    public string Path => AlertId is { } id ? $"/trader/alerts/{id}" : "/trader/alerts/new";

    protected async Task<IActionResult> Set(CancellationToken ct)
    {
        var made = await set.Run(new(User.UserId(), AlertId, Form.Symbol, Form.Kind, Form.Wanted, Form.Days, Form.Note, Form.ByMail), ct);
        if (made.IsRefused) return Refused(made.Refusal, "_AlertForm", this);
        if (IsHtmx) return Fragment("_AlertSet", this);

        Toast($"The alert for {Form.Symbol} waits.");
        return RedirectToPage("/Trader/Alerts/Index");
    }
}
