using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Api;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.ApiKeys;

/// <summary>A trader's keys for programs of their own. A new one is shown in the answer to the form and never again.</summary>
public sealed class IndexModel(ApiKeyList list, CreateApiKey create, RevokeApiKey revoke, TraderAccounts accounts, ProveAgain prove) : TradeSensePage
{
    public sealed record Input
    {
        [Required(ErrorMessage = "Give the key a name."), StringLength(ApiKey.LongestName)]
        public string Name { get; init; } = "";

        public bool MayTrade { get; init; }
        public bool AllAccounts { get; init; }
        public List<Guid> Accounts { get; init; } = [];
        public int Days { get; init; } = 90;

        [Required(ErrorMessage = "Enter your password."), DataType(DataType.Password)]
        public string Password { get; init; } = "";
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    public CreateApiKey.Created? Made { get; private set; }

    public IReadOnlyList<ApiKeyList.Row> Keys { get; private set; } = [];

    public IReadOnlyList<TraderAccounts.Row> Own { get; private set; } = [];

    public async Task OnGet(CancellationToken ct) => (Keys, Own) = (await list.Run(User.UserId(), ct), await accounts.Of(User.UserId(), ct));

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await OnGet(ct);
        if (!ModelState.IsValid) return Invalid("_KeyForm", this);

        var proven = await prove.Run(User.UserId(), User.SessionId(), Form.Password, ct);
        if (proven.IsRefused) return Refused(proven.Refusal, "_KeyForm", this);

        var made = await create.Run(new(User.UserId(), User.FindFirstValue(ClaimTypes.Email)!, Form.Name, Form.MayTrade, Form.AllAccounts, Form.Accounts, Form.Days), ct);
        if (made.IsRefused) return Refused(made.Refusal, "_KeyForm", this);

        (Made, Form) = (made.Value, new Input());
        ModelState.Clear();
        await OnGet(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostRevoke(Guid key, CancellationToken ct)
    {
        var revoked = await revoke.Run(User.UserId(), key, ct);
        Toast(revoked.IsRefused ? "That key was revoked before." : "The key is revoked. Programs that use it are refused from now on.");
        return RedirectToPage();
    }

    /// <summary>Which accounts a key reaches, in words.</summary>
    public string Reach(ApiKeyList.Row key) => key.AllAccounts
        ? "all accounts"
        : string.Join(", ", Own.Where(account => key.Accounts.Contains(account.Id)).Select(account => $"#{account.Number}"));
}
