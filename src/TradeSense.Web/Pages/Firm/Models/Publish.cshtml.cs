using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Challenges.Models;
using TradeSense.Modules.Identity;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Firm.Models;

/// <summary>The builder: a form at the left, what it means at the right. Without an id it makes a new model, with one the next version of that model.</summary>
[Authorize(Policy = nameof(Permission.ManageModels))]
public sealed class PublishModel(ModelDetail detail, PublishModelVersion publish, DemandProof proof, Refusals refusals) : TradeSensePage
{
    public sealed record ProofInput(string? Password);

    [BindProperty(SupportsGet = true)]
    public Guid? Id { get; set; }

    [BindProperty]
    public ModelDraft Form { get; set; } = new();

    [BindProperty]
    public ProofInput Proof { get; set; } = new((string?)null);

    /// <summary>The password was shown within the last minutes: it need not be asked for.</summary>
    public bool IsProved { get; private set; }

    public ModelDetail.Picture? Existing { get; private set; }
    public ModelPreview Preview { get; private set; } = null!;
    public string CurrencyCode => Tenant.Currency.Code;
    public string PreviewPath => $"/firm/models/publish{(Id is { } id ? $"/{id}" : "")}?handler=Preview";
    public string BackPath => $"/firm/models{(Id is { } id ? $"/{id}" : "")}";

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (!await IsKnown(ct)) return NotFound();

        Form = ModelDraft.From(Existing?.Newest.Definition ?? NewModel.For(Tenant));
        Judge();
        return Page();
    }

    /// <summary>What the form means as it stands; nothing is stored.</summary>
    public async Task<IActionResult> OnPostPreview(CancellationToken ct)
    {
        if (!await IsKnown(ct)) return NotFound();

        Judge();
        return IsHtmx ? Fragment("_ModelPreview", Preview) : Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (!await IsKnown(ct)) return NotFound();

        var definition = Judge();
        if (Preview.Problems.Count > 0) return Invalid("_ModelForm", this);

        // Prices, splits and limits of all that is sold from now on.
        var proved = await proof.Run(User.UserId(), User.SessionId(), Proof.Password, ct);
        if (proved.IsRefused) return Refused(proved.Refusal, "_ModelForm", this, nameof(Proof));

        var published = await publish.Run(new(Id, definition), ct);
        if (published.IsRefused) return Refused(published.Refusal, "_ModelForm", this);

        Toast($"{definition.Name}, version {published.Value.Number}, is on offer.");
        return RedirectToPage("Detail", new { id = published.Value.ModelId });
    }

    /// <summary>Finds the model a new version is for; a new model needs none.</summary>
    private async Task<bool> IsKnown(CancellationToken ct)
    {
        IsProved = await proof.Stands(User.SessionId(), ct);
        Existing = Id is { } id ? await detail.Read(id, ct) : null;
        return Id is null || Existing is not null;
    }

    /// <summary>Reads the form, puts every refusal beside its field and works out the preview.</summary>
    private ModelDefinition Judge()
    {
        var (definition, found) = Form.Read(Tenant.Currency);
        foreach (var refusal in found.Where(IsNews)) refusals.AddTo(ModelState, refusal, Tenant.CultureInfo);
        var problems = ModelState.SelectMany(entry => entry.Value!.Errors.Select(error => ((string?)entry.Key, error.ErrorMessage))).ToList();
        Preview = ModelPreview.Of(definition, problems, Existing, Tenant.CultureInfo);
        return definition;
    }

    /// <summary>A number that could not be read has its words already.</summary>
    private bool IsNews(Refusal refusal) => refusal.Field is not { } field || !ModelState.TryGetValue($"{nameof(Form)}.{field}", out var entry) || entry.Errors.Count == 0;
}
