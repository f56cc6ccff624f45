using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Identity;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Firm.Staff;

[Authorize(Policy = nameof(Permission.ManageStaff))]
public sealed class IndexModel(StaffList staff, InviteStaff invite, DemandProof proof) : TradeSensePage
{
    public sealed record Input
    {
        [Required(ErrorMessage = "Enter the person’s e-mail address."), DataType(DataType.EmailAddress), StringLength(254)]
        public string Email { get; init; } = "";

        [Required(ErrorMessage = "Choose a role.")]
        public Role? Role { get; init; }

        [Required(ErrorMessage = "Choose the country the person works in.")]
        public string Country { get; init; } = "";

        [DataType(DataType.Password)]
        public string? Password { get; init; }
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    public IReadOnlyList<StaffList.Row> Rows { get; private set; } = [];
    public IReadOnlyList<Role> Roles => StaffRoles.Of(Tenant.Kind);

    /// <summary>The password was shown within the last minutes: it need not be asked for.</summary>
    public bool IsProved { get; private set; }

    public async Task OnGet(CancellationToken ct) => (Rows, IsProved) = (await staff.Read(ct), await proof.Stands(User.SessionId(), ct));

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await OnGet(ct);
        if (!ModelState.IsValid) return Invalid("_InviteForm", this);

        var proved = await proof.Run(User.UserId(), User.SessionId(), Form.Password, ct);
        if (proved.IsRefused) return Refused(proved.Refusal, "_InviteForm", this);

        var invited = await invite.Run(new(Form.Email, Form.Role!.Value, Form.Country), ct);
        if (invited.IsRefused) return Refused(invited.Refusal, "_InviteForm", this);

        Toast($"The invitation is on its way to {Form.Email}.");
        return RedirectToPage();
    }
}
