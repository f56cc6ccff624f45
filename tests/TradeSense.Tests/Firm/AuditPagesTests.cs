using System.Net;
using TradeSense.Modules.Identity;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Firm;

public sealed class AuditPagesTests(Site site)
{
    [Fact]
    public async Task The_trail_is_searched_and_exported()
    {
        await using var firm = await TestFirm.Create(site);
        var (owner, trader) = (await firm.Staff(Role.Owner), await firm.Trader());

        var found = await (await owner.Browser.Get("/firm/audit")).Ok().Form("#audit-table form").Submit(new { search = "email.confirmed" });
        var csv = await owner.Browser.Get("/firm/audit?handler=Csv&search=email.confirmed");

        Assert.Single(found.Ok().All("tbody tr"));
        Assert.Equal("text/csv; charset=utf-8", csv.Ok().Headers["Content-Type"]);
        Assert.Contains($"user:{trader.Id}", csv.Source);
        Assert.Equal(2, csv.Source.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Nobody_reads_the_trail_of_another_firm()
    {
        await using var firm = await TestFirm.Create(site);
        await using var other = await TestFirm.Create(site);
        var (owner, trader) = (await firm.Staff(Role.Owner), await other.Trader("stranger-77"));

        Assert.DoesNotContain(trader.UserName, (await owner.Browser.Get("/firm/audit?search=stranger")).Ok().TextOf(".card"));
    }

    [Theory]
    [InlineData(Role.Support, HttpStatusCode.Forbidden)]
    [InlineData(Role.Risk, HttpStatusCode.OK)]
    public async Task The_export_asks_for_the_same_permission_as_the_page(Role role, HttpStatusCode expected)
    {
        await using var firm = await TestFirm.Create(site);
        var person = await firm.Staff(role);

        Assert.Equal(expected, (await person.Browser.Get("/firm/audit?handler=Csv")).Status);
    }
}
