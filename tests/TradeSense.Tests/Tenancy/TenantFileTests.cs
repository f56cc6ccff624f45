using TradeSense.Modules.Tenancy;
using Xunit;

namespace TradeSense.Tests.Tenancy;

public sealed class TenantFileTests
{
    [Fact]
    public void Every_problem_is_told_with_its_field_and_line()
    {
        var (_, problems) = TenantFile.Parse("""
            {
              "tenants": [
                {
                  "slug": "Alpha!",
                  "name": "Alpha",
                  "hosts": ["alpha.example", "http://alpha.example"],
                  "currency": "DOLLAR",
                  "tradingDay": {
                    "timeZone": "Europe/Atlantis",
                    "startsAt": "25:00"
                  },
                  "colour": "red"
                }
              ]
            }
            """, []);

        Assert.Equal(
            [(4, "tenants[0].slug"), (6, "tenants[0].hosts[1]"), (7, "tenants[0].currency"), (9, "tenants[0].tradingDay.timeZone"), (10, "tenants[0].tradingDay.startsAt"), (12, "tenants[0].colour")],
            problems.OrderBy(problem => problem.Line).Select(problem => (problem.Line, problem.Path)));
    }

    [Fact]
    public void A_missing_field_is_told_on_the_line_of_its_tenant()
    {
        var (_, problems) = TenantFile.Parse("""
            { "tenants": [
              { "slug": "alpha", "name": "Alpha", "hosts": ["alpha.example"] },
              { "name": "Beta", "hosts": ["beta.example"] }
            ] }
            """, []);

        var problem = Assert.Single(problems);
        Assert.Equal((3, "tenants[1].slug"), (problem.Line, problem.Path));
    }

    [Fact]
    public void Text_that_is_not_JSON_is_told_with_its_line()
    {
        var (tenants, problems) = TenantFile.Parse("{\n \"tenants\": [\n oops", []);

        Assert.Empty(tenants);
        Assert.Equal(3, Assert.Single(problems).Line);
    }

    [Fact]
    public void A_host_or_slug_used_twice_is_refused()
    {
        var (_, problems) = TenantFile.Parse("""
            { "tenants": [
              { "slug": "alpha", "name": "A", "hosts": ["same.example"] },
              { "slug": "alpha", "name": "B", "hosts": ["SAME.example"] }
            ] }
            """, []);

        Assert.Equal(["tenants[1].slug", "tenants[1].hosts[0]"], problems.Select(problem => problem.Path));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "tenants": {} }""")]
    [InlineData("""{ "tenants": [5] }""")]
    public void A_file_of_another_shape_is_refused(string json) => Assert.NotEmpty(TenantFile.Parse(json, []).Problems);
}
