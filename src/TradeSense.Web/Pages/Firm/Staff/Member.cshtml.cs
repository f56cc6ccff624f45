using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules;
using TradeSense.Modules.Identity;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Firm.Staff;

/// <summary>One member of staff: another role, out, or in again.</summary>
[Authorize(Policy = nameof(Permission.ManageStaff))]
public sealed class MemberModel(StaffList staff, ChangeRole changeRole, DisableUser disable, DemandProof proof) : TradeSensePage
{
    public sealed record Input
    {
        public Role Role { get; init; }

        [DataType(DataType.Password)]
        public string? Password { get; init; }
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    public StaffList.Row Member { get; private set; } = null!;
    /// <summary>The password was shown within the last minutes: access may be given. Taking it away needs none.</summary>
    public bool IsProved { get; private set; }

    public IReadOnlyList<Role> Roles => StaffRoles.Of(Tenant.Kind);

    public async Task<IActionResult> OnGet(Guid userId, CancellationToken ct)
    {
        if (!await Read(userId, ct)) return NotFound();
        Form = new Input { Role = Member.Role };
        return Page();
    }

    public async Task<IActionResult> OnPostRole(Guid userId, CancellationToken ct) =>
        await Done(userId, await Proved(() => changeRole.Run(new(userId, Form.Role, User.UserId()), ct), ct), "The role is changed.", ct);

    public async Task<IActionResult> OnPostDisable(Guid userId, CancellationToken ct) =>
        await Done(userId, await disable.Run(new(userId, User.UserId()), ct), "They are signed out everywhere and cannot sign in.", ct);

    public async Task<IActionResult> OnPostEnable(Guid userId, CancellationToken ct) =>
        await Done(userId, await Proved(() => disable.Undo(new(userId, User.UserId()), ct), ct), "They may sign in again.", ct);

    public async Task<IActionResult> OnPostProve(Guid userId, CancellationToken ct)
    {
        var proved = await proof.Run(User.UserId(), User.SessionId(), Form.Password, ct);
        if (!await Read(userId, ct)) return NotFound();
        return proved.IsRefused ? Refused(proved.Refusal, "_MemberForms", this) : RedirectToPage(new { userId });
    }

    private async Task<Result> Proved(Func<Task<Result>> change, CancellationToken ct)
    {
        var proved = await proof.Run(User.UserId(), User.SessionId(), Form.Password, ct);
        return proved.IsRefused ? proved : await change();
    }

    private async Task<IActionResult> Done(Guid userId, Result outcome, string words, CancellationToken ct)
    {
        if (outcome.Refusal == StaffRefusal.Unknown || !await Read(userId, ct)) return NotFound();
        if (outcome.IsRefused) return Refused(outcome.Refusal, "_MemberForms", this);

        Toast(words);
        return RedirectToPage("Index");
    }

    private async Task<bool> Read(Guid userId, CancellationToken ct)
    {
        IsProved = await proof.Stands(User.SessionId(), ct);
        Member = (await staff.Read(ct)).SingleOrDefault(row => row.Id == userId)!;
        return Member is not null;
    }
}
