using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Identity;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Profile;

public sealed class IndexModel(ChangeProfile change) : TradeSensePage
{
    public sealed record Input
    {
        public string? TimeZone { get; init; }
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    /// <summary>IANA names only: what browsers and people know.</summary>
    public static IReadOnlyList<string> Zones { get; } = [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => id.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public void OnGet() => Form = new Input { TimeZone = User.FindFirstValue(PersonClaims.TimeZone) };

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var changed = await change.Run(User.UserId(), Form.TimeZone, ct);
        if (changed.IsRefused) return Refused(changed.Refusal, "_ProfileForm", this);

        Toast("Saved.");
        return RedirectToPage();
    }
}
