using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Identity;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Firm;

/// <summary>Every route of the firm's console tried as every role. The routes come from the application: one that is not on the list fails the test.</summary>
public sealed partial class RoleMatrixTests(Site site)
{
    /// <summary>The longest prefix decides what a route asks for.</summary>
    private static readonly Dictionary<string, Permission> Needed = new()
    {
        ["firm"] = Permission.SeeOverview,
        ["firm/models"] = Permission.ManageModels,
        ["firm/traders"] = Permission.SeeTraders,
        ["firm/accounts"] = Permission.SeeTraders,
        ["firm/incidents"] = Permission.DecideAppeals,
        ["firm/kyc"] = Permission.ReviewKyc,
        ["firm/payouts"] = Permission.SeeMoney,
        ["firm/payouts/limit"] = Permission.ManageStaff,
        ["firm/appeals"] = Permission.DecideAppeals,
        ["firm/money"] = Permission.SeeMoney,
        ["firm/gateways"] = Permission.ManageBrand,
        ["firm/theme"] = Permission.ManageBrand,
        ["firm/staff"] = Permission.ManageStaff,
        ["firm/audit"] = Permission.SeeAudit,
    };

    [Theory]
    [InlineData(Role.Owner)]
    [InlineData(Role.Support)]
    [InlineData(Role.Risk)]
    [InlineData(Role.Finance)]
    public async Task Each_role_opens_what_its_permissions_allow_and_nothing_else(Role role)
    {
        await using var firm = await TestFirm.Create(site);
        var person = await firm.Staff(role);
        var wrong = new List<string>();

        foreach (var route in Routes("firm"))
        {
            var needed = Needed.Where(pair => route == pair.Key || route.StartsWith(pair.Key + "/", StringComparison.Ordinal)).MaxBy(pair => pair.Key.Length);
            Assert.True(route is "firm" || needed.Key is not "firm", $"{route} is not on the list: say which permission it needs");
            var answer = await person.Browser.Get("/" + Filled(route));
            var mayOpen = Permissions.Of(role).Contains(needed.Value);
            if ((answer.Status is HttpStatusCode.Forbidden) == mayOpen || answer.Status >= HttpStatusCode.InternalServerError) wrong.Add($"{route}: {(int)answer.Status}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Traders_and_visitors_open_none_of_it()
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, visitor) = (await firm.Trader(), firm.Client());

        foreach (var route in Routes("firm").Concat(Routes("platform")))
        {
            Assert.True((await trader.Browser.Get("/" + Filled(route))).Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, route);
            var asked = await visitor.Get("/" + Filled(route));
            Assert.True(asked.Path is "/account/sign-in" || asked.Status is HttpStatusCode.NotFound, route);
        }
    }

    [Fact]
    public async Task Support_reads_no_money_on_the_overview()
    {
        await using var firm = await TestFirm.Create(site);
        var (support, finance) = (await firm.Staff(Role.Support), await firm.Staff(Role.Finance));

        Assert.True((await finance.Browser.Get("/firm")).Ok().Has("#money"));
        var page = (await support.Browser.Get("/firm")).Ok();
        Assert.False(page.Has("#money"));
        Assert.DoesNotContain("$", page.Text);
        Assert.DoesNotContain("/firm/money", page.Source);
    }

    private IEnumerable<string> Routes(string folder) => site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null)
        .Select(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').ToLowerInvariant())
        .Where(route => route == folder || route.StartsWith(folder + "/", StringComparison.Ordinal)).Distinct();

    private static string Filled(string route) => Parameter().Replace(route, match => match.Value.Contains(":guid", StringComparison.Ordinal) ? Guid.CreateVersion7().ToString() : "1");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
