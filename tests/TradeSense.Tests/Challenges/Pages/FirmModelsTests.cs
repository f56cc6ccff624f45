using System.Net;
using TradeSense.Modules.Challenges.Models;
using TradeSense.Modules.Identity;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Challenges.Pages;

public sealed class FirmModelsTests(Site site)
{
    [Fact]
    public async Task An_owner_publishes_a_new_version_that_starts_from_the_newest_terms()
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);
        var model = (await Models(firm))[1];

        var form = (await owner.Browser.Get($"/firm/models/publish/{model.Id}")).Ok().Form("#model-form");
        var detail = await form.Submit(new Dictionary<string, string> { ["Form.Phases[0].ProfitTarget"] = "9", ["Form.Sizes[0].Price"] = "55.50" });

        Assert.Equal($"/firm/models/{model.Id}", detail.Ok().Path);
        Assert.Contains("Version 2, as traders read it", detail.Text, StringComparison.Ordinal);
        var after = (await Models(firm))[1].Definition;
        Assert.Equal((9m, 55.50m), (after.Phases[0].ProfitTarget!.Value.Value, after.Sizes[0].Price));
        Assert.Equal(model.Definition.Phases[1], after.Phases[1]);
        Assert.Equal(model.Definition.Funded, after.Funded);
        Assert.Equal(model.Definition.Sizes.Skip(1), after.Sizes.Skip(1));
    }

    [Fact]
    public async Task Publishing_what_is_on_offer_already_is_refused_because_the_form_loses_nothing()
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);
        foreach (var model in await Models(firm))
        {
            var page = await (await owner.Browser.Get($"/firm/models/publish/{model.Id}")).Ok().Form("#model-form").Submit();

            Assert.Contains("already on offer", page.Is(HttpStatusCode.UnprocessableEntity).Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Form.Phases[0].ProfitTarget", "-1", "must be above 0 %")]
    [InlineData("Form.Phases[0].ProfitTarget", "", "can never be passed")]
    [InlineData("Form.Phases[0].ProfitTarget", "8,5", "at most one point")]
    [InlineData("Form.Phases[0].DailyLoss.Percent", "40", "More may be lost in a day than in all")]
    [InlineData("Form.Phases[0].DailyLoss.Percent", "", "a percent or an amount")]
    [InlineData("Form.Phases[0].DailyLoss.Amount", "100", "not both")]
    [InlineData("Form.Phases[0].MinimumTradingDays", "-2", "cannot be negative")]
    [InlineData("Form.Split", "120", "at most 100 %")]
    [InlineData("Form.Sizes[1].Balance", "5000", "offered twice")]
    [InlineData("Form.Sizes[1].Balance", "0", "above zero")]
    [InlineData("Form.Sizes[0].Price", "-1", "must be from 0")]
    [InlineData("Form.Leverage", "0", "1 to 1000")]
    [InlineData("Form.TimeZone", "Mars/Base", "IANA")]
    public async Task A_contradiction_is_said_beside_its_field_and_nothing_is_published(string field, string value, string words)
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);
        var model = (await Models(firm))[0];

        var form = (await owner.Browser.Get($"/firm/models/publish/{model.Id}")).Ok().Form("#model-form");
        var page = (await form.Submit(new Dictionary<string, string> { [field] = value })).Is(HttpStatusCode.UnprocessableEntity);

        var id = field.Replace('.', '_').Replace('[', '_').Replace(']', '_');
        Assert.Contains(words, page.TextOf($"#{id}-error"), StringComparison.Ordinal);
        Assert.Equal(value, page.One($"#{id}").GetAttribute("value"));
        Assert.Equal(1, (await Models(firm))[0].Version);
    }

    [Fact]
    public async Task The_preview_tells_the_rules_of_what_is_typed_and_what_would_change()
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);
        var model = (await Models(firm))[1];

        var form = (await owner.Browser.Get($"/firm/models/publish/{model.Id}")).Ok().Form("#model-form");
        var page = (await form.Tamper("Form.Phases[0].DailyLoss.Percent", "4")).Is(HttpStatusCode.OK);

        Assert.Equal($"/firm/models/{model.Id}", page.Path);
        var preview = (await (await owner.Browser.Get($"/firm/models/publish/{model.Id}")).Ok().Form("#model-form")
            .Submit(new Dictionary<string, string> { ["Form.Phases[0].DailyLoss.Percent"] = "3.5" }, "Preview")).Ok();
        Assert.Contains("Your balance is $102,000 at the start of the day: the floor is $98,500.", preview.TextOf("#model-preview"), StringComparison.Ordinal);
        Assert.Contains("4% ($4,000)3.5% ($3,500)", preview.TextOf(".model-changes"), StringComparison.Ordinal);
        Assert.Equal(2, (await Models(firm))[1].Version);
    }

    [Fact]
    public async Task A_new_model_is_made_from_the_form_and_sold_at_once()
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);

        var form = (await owner.Browser.Get("/firm/models/publish")).Ok().Form("#model-form");
        (await form.Submit(new Dictionary<string, string> { ["Form.Name"] = "Night Owl", ["Form.PhaseCount"] = "1" })).Ok();

        Assert.Contains("Night Owl", (await firm.Client().Get("/pricing")).Ok().Text, StringComparison.Ordinal);
        Assert.Single((await Models(firm)).Single(model => model.Name == "Night Owl").Definition.Phases);
        Assert.Single(await site.Audit("select 1 from audit_entries where tenant_id = $1 and action = 'model.published' and actor = $2", firm.Tenant.Id, owner.UserName));
    }

    [Fact]
    public async Task A_model_is_withdrawn_from_sale_and_put_back()
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);
        var model = (await Models(firm))[0];

        var withdrawn = await (await owner.Browser.Get($"/firm/models/{model.Id}")).Ok().Form("main form").Submit();
        Assert.Contains("Withdrawn", withdrawn.Ok().TextOf(".page-head .status-pill"), StringComparison.Ordinal);

        var offered = await withdrawn.Form("main form").Submit();
        Assert.Contains("On sale", offered.Ok().TextOf(".page-head .status-pill"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Support)]
    [InlineData(Role.Risk)]
    [InlineData(Role.Finance)]
    public async Task Staff_without_the_permission_may_not_see_or_publish_models(Role role)
    {
        await using var firm = await TestFirm.Create(site);
        var (owner, staff) = (await firm.Staff(Role.Owner), await firm.Staff(role));
        var model = (await Models(firm))[0];

        (await staff.Browser.Get("/firm/models")).Is(HttpStatusCode.Forbidden);
        (await staff.Browser.Get($"/firm/models/{model.Id}")).Is(HttpStatusCode.Forbidden);
        (await staff.Browser.Get("/firm/models/publish")).Is(HttpStatusCode.Forbidden);
        (await owner.Browser.Get("/firm/models")).Ok();
    }

    [Fact]
    public async Task Another_firms_model_is_not_found()
    {
        await using var firm = await TestFirm.Create(site);
        await using var other = await TestFirm.Create(site);
        var (owner, foreign) = (await firm.Staff(Role.Owner), (await Models(other))[0]);

        (await owner.Browser.Get($"/firm/models/{foreign.Id}")).Is(HttpStatusCode.NotFound);
        (await owner.Browser.Get($"/firm/models/publish/{foreign.Id}")).Is(HttpStatusCode.NotFound);
    }

    private static Task<IReadOnlyList<ModelList.Row>> Models(TestFirm firm) => firm.Run<ModelList, IReadOnlyList<ModelList.Row>>(models => models.Read(default));
}
