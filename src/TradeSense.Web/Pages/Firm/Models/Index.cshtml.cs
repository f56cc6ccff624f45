using Microsoft.AspNetCore.Authorization;
using TradeSense.Modules.Challenges.Models;
using TradeSense.Modules.Identity;

namespace TradeSense.Web.Pages.Firm.Models;

[Authorize(Policy = nameof(Permission.ManageModels))]
public sealed class IndexModel(ModelList models) : TradeSensePage
{
    public IReadOnlyList<ModelList.Row> Models { get; private set; } = [];

    public async Task OnGet(CancellationToken ct) => Models = await models.Read(ct);
}
