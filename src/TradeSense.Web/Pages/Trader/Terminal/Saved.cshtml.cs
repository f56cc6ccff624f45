using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules;
using TradeSense.Modules.Trading.Terminal;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>Where the terminal's script keeps layouts, drawings, templates and settings. Nothing is shown here: the terminal itself shows them.</summary>
public sealed class SavedModel(SaveTerminalItem save, RemoveTerminalItem remove, Refusals words) : TradeSensePage
{
    public IActionResult OnGet() => RedirectToPage("Index");

    public async Task<IActionResult> OnPost(string? kind, string? name, string? body, CancellationToken ct) =>
        Answer(await save.Run(new(User.UserId(), kind ?? "", name ?? "", body ?? ""), ct));

    public async Task<IActionResult> OnPostRemove(string? kind, string? name, CancellationToken ct) =>
        Answer(await remove.Run(new(User.UserId(), kind ?? "", name ?? ""), ct));

    private IActionResult Answer(Result result) =>
        result.IsRefused
            ? new JsonResult(new { words = words.Text(result.Refusal, Tenant.CultureInfo), field = result.Refusal.Field }) { StatusCode = StatusCodes.Status422UnprocessableEntity }
            : new NoContentResult();
}
