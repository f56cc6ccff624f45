using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Challenges.Contracts;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Contract;

/// <summary>The contract of a challenge: read, typed name, signed. What was read is what is signed: the form carries the text's hash.</summary>
public sealed class IndexModel(ContractToSign contracts, SignContract sign) : TradeSensePage
{
    public sealed record Input
    {
        [Required(ErrorMessage = "Type your name as it stands in the contract."), StringLength(100)]
        public string SignedName { get; init; } = "";

        public bool Agree { get; init; }
        public string TextHash { get; init; } = "";
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    public ContractToSign.View Contract { get; private set; } = null!;

    public async Task<IActionResult> OnGet(Guid challengeId, CancellationToken ct)
    {
        if (await contracts.Read(challengeId, User.UserId(), ct) is not { } contract) return NotFound();

        Contract = contract;
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid challengeId, CancellationToken ct)
    {
        if (await contracts.Read(challengeId, User.UserId(), ct) is not { } contract) return NotFound();

        Contract = contract;
        if (!ModelState.IsValid) return Invalid("_SignForm", this);

        var signed = await sign.Run(new(challengeId, User.UserId(), Form.SignedName, Form.Agree, Form.TextHash), ct);
        if (signed.Refusal == ChallengeRefusal.NoContractDue) return NotFound();
        if (signed.IsRefused) return Refused(signed.Refusal, "_SignForm", this);

        Toast("Signed. Your funded account is being opened.");
        return RedirectToPage(new { challengeId });
    }
}
