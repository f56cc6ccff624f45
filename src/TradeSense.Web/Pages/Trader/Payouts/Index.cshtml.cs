using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Payouts;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Payouts;

/// <summary>The quote, line by line, what is still missing, and the payouts so far.</summary>
public sealed class IndexModel(PayoutQuote quotes, PayoutList payouts, RequestPayout request, DemandProof proof, TimeProvider clock) : TradeSensePage
{
    public sealed record Input(Guid Account, decimal? Amount, string? Holder, string? Destination, Guid Key, string? Password);

    [BindProperty(SupportsGet = true)] public Guid? Account { get; set; }
    [BindProperty] public Input Form { get; set; } = new(default, null, null, null, default, null);

    public PayoutQuote.View? Quote { get; private set; }
    public IReadOnlyList<PayoutList.Row> Payouts { get; private set; } = [];
    public Guid Key { get; private set; }

    /// <summary>The password was shown within the last minutes: it need not be asked for.</summary>
    public bool IsProved { get; private set; }

    public async Task OnGet(CancellationToken ct) => await Show(Guid.CreateVersion7(clock.GetUtcNow()), null, ct);

    /// <summary>The quote for an amount while it is being typed.</summary>
    public async Task<IActionResult> OnGetQuote([FromQuery(Name = "Form.Amount")] decimal? amount, CancellationToken ct)
    {
        await Show(default, ModelState.IsValid ? amount : null, ct);
        return Quote is null ? NotFound() : Fragment("_QuoteLines", Quote);
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        Account = Form.Account;
        await Show(Form.Key, ModelState.IsValid ? Form.Amount : null, ct);
        if (!ModelState.IsValid) return Invalid("_RequestForm", this);

        // A request names where the money goes: whoever holds only the session must not choose that.
        var proved = await proof.Run(User.UserId(), User.SessionId(), Form.Password, ct);
        if (proved.IsRefused) return Refused(proved.Refusal, "_RequestForm", this);

        var requested = await request.Run(new(User.UserId(), Form.Account, Form.Amount, Form.Holder, Form.Destination, Form.Key), ct);
        return requested.IsRefused ? Refused(requested.Refusal, "_RequestForm", this) : RedirectToPage("Payout", new { id = requested.Value });
    }

    private async Task Show(Guid key, decimal? amount, CancellationToken ct)
    {
        Key = key;
        Quote = await quotes.Read(User.UserId(), Account, amount, ct);
        IsProved = await proof.Stands(User.SessionId(), ct);
        Payouts = await payouts.Of(User.UserId(), ct);
    }
}
