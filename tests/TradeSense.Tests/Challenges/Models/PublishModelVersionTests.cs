using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Challenges.Models;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Challenges.Models;

public sealed class PublishModelVersionTests(Site site)
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    public async Task A_new_model_is_on_offer_as_version_one_with_the_hash_of_its_terms()
    {
        await using var firm = await TestFirm.Create(site);

        var version = await Publish(firm, null, SampleModel.Make());

        Assert.Equal((1, ModelVersion.HashOf(ModelJson.Canonical(SampleModel.Make()))), (version.Value.Number, version.Value.Hash));
        var offered = await firm.Run<OfferedModels, IReadOnlyList<OfferedModels.Offer>>(query => query.Read(Ct));
        Assert.Contains(offered, offer => offer.VersionId == version.Value.Id && offer.Definition.Name == "Sample");
    }

    [Fact]
    public async Task New_terms_are_the_next_version_and_the_earlier_one_stays_as_it_was()
    {
        await using var firm = await TestFirm.Create(site);
        var first = (await Publish(firm, null, SampleModel.Make())).Value;

        var second = await Publish(firm, first.ModelId, SampleModel.Make() with { ResetDiscount = new Percent(25) });

        Assert.Equal(2, second.Value.Number);
        var detail = await firm.Run<ModelDetail, ModelDetail.Picture?>(query => query.Read(first.ModelId, Ct));
        Assert.Equal([(2, 25m), (1, 10m)], detail!.Versions.Select(version => (version.Number, version.Definition.ResetDiscount.Value)));
        Assert.Equal(first.Hash, detail.Versions[1].Hash);
    }

    [Fact]
    public async Task The_same_terms_again_are_refused()
    {
        await using var firm = await TestFirm.Create(site);
        var first = (await Publish(firm, null, SampleModel.Make())).Value;

        var second = await Publish(firm, first.ModelId, SampleModel.Make());

        Assert.Equal("model.unchanged", second.Refusal?.Code);
    }

    [Fact]
    public async Task Two_models_of_one_name_are_refused()
    {
        await using var firm = await TestFirm.Create(site);
        await Publish(firm, null, SampleModel.Make());

        Assert.Equal("model.name_taken", (await Publish(firm, null, SampleModel.Make("sample"))).Refusal?.Code);
    }

    [Fact]
    public async Task A_contradictory_model_leaves_nothing_behind()
    {
        await using var firm = await TestFirm.Create(site);

        var refused = await Publish(firm, null, SampleModel.Make("Broken").WithPhase(phase => phase with { ProfitTarget = new Percent(-1) }));

        Assert.Equal("Phases[0].ProfitTarget", refused.Refusal?.Field);
        Assert.Empty(await site.Audit("select 1 from challenge_models where name = 'Broken' and tenant_id = $1", firm.Tenant.Id));
    }

    [Fact]
    public async Task Publishing_stands_in_the_audit_trail()
    {
        await using var firm = await TestFirm.Create(site);
        var version = (await Publish(firm, null, SampleModel.Make())).Value;

        var rows = await site.Audit("select details from audit_entries where tenant_id = $1 and action = 'model.published' and subject = $2", firm.Tenant.Id, $"model:{version.ModelId}");
        Assert.Contains(version.Hash, (string)Assert.Single(rows)[0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_published_version_cannot_be_altered_by_the_application()
    {
        await using var firm = await TestFirm.Create(site);
        var version = (await Publish(firm, null, SampleModel.Make())).Value;

        var error = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => firm.Run(services =>
            Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlAsync(
                ((TradeSense.Modules.Database.TradeSenseDb)services.GetService(typeof(TradeSense.Modules.Database.TradeSenseDb))!).Database,
                $"update model_versions set hash = hash where id = {version.Id}", Ct)));
        Assert.Equal("42501", error.SqlState);
    }

    private static Task<Result<ModelVersion>> Publish(TestFirm firm, Guid? model, ModelDefinition definition) =>
        firm.Run<PublishModelVersion, Result<ModelVersion>>(publish => publish.Run(new PublishModelVersion.Request(model, definition), Ct));
}
