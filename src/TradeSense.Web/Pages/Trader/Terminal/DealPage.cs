using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>A refusal as the terminal's script reads it.</summary>
/// <param name="Unknown">It may have been done: sent again it must be the same wish, with the same client id.</param>
/// <param name="Known">A wish with this client id has arrived before.</param>
public sealed record ScriptAnswer(string? Words, string? Field, bool Unknown, bool Known)
{
    public static ScriptAnswer Of(Refusal? refusal, string? words) => Of(refusal, words, refusal?.Field);

    public static ScriptAnswer Of(Refusal? refusal, string? words, string? field) => new(words, field, refusal == TradingRefusal.OutcomeUnknown, refusal == TradingRefusal.DuplicateCommand);
}

/// <summary>A page that asks the desk for something about one account. It answers whoever asks in their own way: the terminal's script in JSON, htmx with the dock's note, a plain form with a redirect.</summary>
public abstract class DealPage(TraderAccounts accounts, Refusals words, TimeProvider clock) : TradeSensePage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public TraderAccounts.Row? Account { get; private set; }

    /// <summary>A new one for every form shown: an id that was refused once stays refused.</summary>
    public string NextClientId => Guid.CreateVersion7(clock.GetUtcNow()).ToString();

    protected bool IsScript => Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal);

    /// <summary>False when the account is not this trader's.</summary>
    protected async Task<bool> Owns(CancellationToken ct) => (Account = await accounts.Find(User.UserId(), Id, ct)) is not null;

    protected string Words(Refusal refusal) => words.Text(refusal, Tenant.CultureInfo);

    /// <summary>The form's own id where it sent one: what is sent twice is done once.</summary>
    protected string ClientIdOr(string? sent) => string.IsNullOrEmpty(sent) ? NextClientId : sent;

    /// <summary>Done: told where it was asked for. The terminal fetches its history again when it hears <c>traded</c>.</summary>
    protected IActionResult Told(string told, string? symbol = null)
    {
        if (IsScript) return new JsonResult(new { words = told });
        if (IsHtmx)
        {
            (Response.Headers["HX-Retarget"], Response.Headers["HX-Reswap"], Response.Headers["HX-Trigger"]) = ("#dock-note", "outerHTML", "traded");
            return Fragment("_DockNote", new DockNote(told, IsRefusal: false));
        }

        Toast(told);
        return RedirectToPage("Index", new { Id, Symbol = symbol });
    }

    /// <summary>Not done: the words beside the field of the form, or in the dock where no form was shown.</summary>
    protected IActionResult NotDone(Refusal refusal, string? form)
    {
        if (IsScript) return new JsonResult(ScriptAnswer.Of(refusal, Words(refusal))) { StatusCode = StatusCodes.Status422UnprocessableEntity };
        if (form is not null) return Refused(refusal, form, this);
        if (IsHtmx) return Fragment("_DockNote", new DockNote(Words(refusal), IsRefusal: true), StatusCodes.Status422UnprocessableEntity);

        Toast(Words(refusal));
        return RedirectToPage("Index", new { Id });
    }

    /// <summary>Several wishes of one press: what was done is counted, the first refusal told.</summary>
    protected IActionResult Summed(IReadOnlyList<Result<CommandOutcome.Accepted>> results, string one, string many, string more = "")
    {
        var done = results.Count(result => !result.IsRefused);
        if (results.FirstOrDefault(result => result.IsRefused) is not { Refusal: { } refusal }) return Told((done == 1 ? $"1 {one}." : $"{done} {many}.") + more);
        return done == 0 ? NotDone(refusal, null) : Told($"{done} of {results.Count} {many}. {Words(refusal)}{more}");
    }
}
