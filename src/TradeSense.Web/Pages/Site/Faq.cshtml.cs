namespace TradeSense.Web.Pages.Site;

public sealed class FaqModel : TradeSensePage
{
    public IReadOnlyList<Question> Questions => Question.For(Tenant);

    public string? SupportEmail => Tenant.Texts.GetValueOrDefault("supportEmail");
}
