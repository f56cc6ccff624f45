using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;

namespace TradeSense.Tests.Fixture;

/// <summary>The fixture itself: what other tests lean on.</summary>
public sealed class SiteTests(Site site)
{
    [Fact]
    public async Task The_site_says_when_it_is_ready()
    {
        await using var firm = await TestFirm.Create(site);

        var page = await firm.Client().Get("/health/ready");
        // A check has two seconds; on a machine with other things to do it is asked again.
        for (var tries = 0; tries < 100 && page.Status is not HttpStatusCode.OK; tries++) page = await firm.Client().Get("/health/ready");

        Assert.StartsWith("{\"status\":\"ready\"", page.Ok().Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_nobody_owns_is_not_found()
    {
        await using var firm = await TestFirm.Create(site);

        var page = await firm.Client("nobody.localhost").Get("/");

        page.Is(HttpStatusCode.NotFound);
        Assert.DoesNotContain(firm.Tenant.Name, page.Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_firm_sees_its_own_people_only()
    {
        await using var ours = await TestFirm.Create(site);
        await using var theirs = await TestFirm.Create(site);
        await ours.Trader("anna");
        await theirs.Trader("boris");

        var names = await ours.Run(services => services.GetRequiredService<TradeSenseDb>().Set<User>().Select(user => user.UserName).ToListAsync());

        Assert.Equal(["anna"], names);
    }

    [Fact]
    public async Task A_site_with_its_own_clock_lives_at_that_time()
    {
        var clock = new FakeClock(new DateTimeOffset(2030, 2, 3, 4, 5, 6, TimeSpan.Zero));
        await using var own = await Site.At(clock);
        await using var firm = await TestFirm.Create(own);

        clock.Advance(TimeSpan.FromDays(1));
        await firm.Trader();

        var user = await firm.Run(services => services.GetRequiredService<TradeSenseDb>().Set<User>().SingleAsync());
        Assert.Equal(new DateTimeOffset(2030, 2, 4, 4, 5, 6, TimeSpan.Zero), user.CreatedAt);
    }

    [Fact]
    public async Task A_visitor_signs_up_and_in_by_the_pages_a_person_sees()
    {
        await using var firm = await TestFirm.Create(site);

        var welcome = await firm.Client().SignUp(firm, "anna");
        var back = await firm.Client().SignIn("anna");

        Assert.DoesNotContain("/account/", welcome.Path, StringComparison.Ordinal);
        Assert.DoesNotContain("/account/", back.Path, StringComparison.Ordinal);
    }
}
