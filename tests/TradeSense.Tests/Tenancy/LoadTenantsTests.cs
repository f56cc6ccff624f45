using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Tenancy;
using TradeSense.Tests.Fixture;
using Xunit;

namespace TradeSense.Tests.Tenancy;

public sealed class LoadTenantsTests(Site site)
{
    private LoadTenants Load => site.Services.GetRequiredService<LoadTenants>();

    [Fact]
    public async Task The_example_file_is_good()
    {
        var json = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tenants.example.json"), TestContext.Current.CancellationToken);

        await using var scope = site.Services.CreateAsyncScope();
        var (tenants, problems) = TenantFile.Parse(json, scope.ServiceProvider.GetServices<ITenantSection>());

        Assert.Empty(problems);
        Assert.Equal(["meridian", "lumen", "harbour", "platform"], tenants.Select(tenant => tenant.Slug));
    }

    [Fact]
    public async Task A_file_with_one_bad_field_creates_none_of_its_tenants()
    {
        var slug = "x" + Guid.CreateVersion7().ToString("N")[^10..];

        var problems = await Load.Run($$"""
            { "tenants": [
              { "slug": "{{slug}}", "name": "Good", "hosts": ["{{slug}}.localhost"] },
              { "slug": "bad", "name": "Bad", "hosts": ["bad.localhost"], "currency": "XXX" }
            ] }
            """, TestContext.Current.CancellationToken);

        Assert.Equal((3, "tenants[1].currency"), problems.Select(problem => (problem.Line, problem.Path)).Single());
        Assert.Equal([[0L]], await site.Audit("select count(*) from tenants where slug = $1", slug));
    }

    [Fact]
    public async Task A_host_of_another_tenant_is_refused()
    {
        await using var firm = await TestFirm.Create(site);
        var slug = "x" + Guid.CreateVersion7().ToString("N")[^10..];

        var problems = await Load.Run($$"""{ "tenants": [ { "slug": "{{slug}}", "name": "Thief", "hosts": ["{{firm.Host}}"] } ] }""", TestContext.Current.CancellationToken);

        Assert.Contains("tenant.host_taken", Assert.Single(problems).Message, StringComparison.Ordinal);
        Assert.True(site.Services.GetRequiredService<TenantDirectory>().TryFind(firm.Host, out var owner) && owner.Id == firm.Tenant.Id);
    }

    [Fact]
    public async Task A_brand_just_created_is_found_though_others_are_created_beside_it()
    {
        // Each creation reads the directory again; an older reading must never replace a newer one.
        var firms = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => TestFirm.Create(site)));

        Assert.All(firms, firm => Assert.True(site.Services.GetRequiredService<TenantDirectory>().TryFind(firm.Host, out _)));
    }

    [Fact]
    public async Task An_exported_tenant_is_a_file_that_changes_nothing_when_applied()
    {
        await using var firm = await TestFirm.Create(site);
        var before = await firm.Run<ExportTenant, string>(export => export.Run(default));

        Assert.Empty(await Load.Run(before, TestContext.Current.CancellationToken));

        var after = await firm.Run<ExportTenant, string>(export => export.Run(default));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(before), JsonNode.Parse(after)));
        Assert.Contains("\"models\"", before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_a_start_an_unchanged_description_leaves_what_people_changed_and_a_changed_one_is_applied()
    {
        var slug = "x" + Guid.CreateVersion7().ToString("N")[^10..];
        string File(string name) => $$"""{ "tenants": [ { "slug": "{{slug}}", "name": "{{name}}", "hosts": ["{{slug}}.localhost"] } ] }""";
        Tenant Now() => site.Services.GetRequiredService<TenantDirectory>().All.Single(tenant => tenant.Slug == slug);
        Assert.Empty(await Load.RunChanged(File("From the file"), TestContext.Current.CancellationToken));
        await site.Services.GetRequiredService<TenantStore>().Save(Now() with { Name = "By a person" }, TestContext.Current.CancellationToken);

        Assert.Empty(await Load.RunChanged(File("From the file"), TestContext.Current.CancellationToken));
        Assert.Equal("By a person", Now().Name);

        Assert.Empty(await Load.RunChanged(File("From a new file"), TestContext.Current.CancellationToken));
        Assert.Equal("From a new file", Now().Name);
    }
}
