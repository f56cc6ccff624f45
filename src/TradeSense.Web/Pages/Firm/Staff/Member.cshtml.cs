using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules;
using TradeSense.Modules.Identity;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Firm.Staff;

/// <summary>One member of staff: another role, out, or in again.</summary>
[Authorize(Policy = nameof(Permission.ManageStaff))]
public sealed class MemberModel(StaffList staff, ChangeRole changeRole, DisableUser disable) : TradeSensePage
{
    public sealed record Input
    {
        public Role Role { get; init; }
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    public StaffList.Row Member { get; private set; } = null!;
    public IReadOnlyList<Role> Roles => StaffRoles.Of(Tenant.Kind);

    public async Task<IActionResult> OnGet(Guid userId, CancellationToken ct)
    {
        if (!await Read(userId, ct)) return NotFound();
        Form = new Input { Role = Member.Role };
        return Page();
    }

    public async Task<IActionResult> OnPostRole(Guid userId, CancellationToken ct) =>
        await Done(userId, await changeRole.Run(new(userId, Form.Role, User.UserId()), ct), "The role is changed.", ct);

    public async Task<IActionResult> OnPostDisable(Guid userId, CancellationToken ct) =>
        await Done(userId, await disable.Run(new(userId, User.UserId()), ct), "They are signed out everywhere and cannot sign in.", ct);

    public async Task<IActionResult> OnPostEnable(Guid userId, CancellationToken ct) =>
        await Done(userId, await disable.Undo(new(userId, User.UserId()), ct), "They may sign in again.", ct);

    private async Task<IActionResult> Done(Guid userId, Result outcome, string words, CancellationToken ct)
    {
        if (outcome.Refusal == StaffRefusal.Unknown || !await Read(userId, ct)) return NotFound();
        if (outcome.IsRefused) return Refused(outcome.Refusal, "_MemberForms", this);

        Toast(words);
        return RedirectToPage("Index");
    }

    private async Task<bool> Read(Guid userId, CancellationToken ct)
    {
        Member = (await staff.Read(ct)).SingleOrDefault(row => row.Id == userId)!;
        return Member is not null;
    }
}
