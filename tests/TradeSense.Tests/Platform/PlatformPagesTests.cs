using System.Net;
using TradeSense.Modules.Identity;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Platform;

/// <summary>Every test runs a platform host of its own; brands it opens get names nobody else uses.</summary>
public sealed class PlatformPagesTests(Site site)
{
    [Fact]
    public async Task A_new_brand_answers_at_once_and_its_owner_comes_in_with_the_code()
    {
        await using var platform = await TestFirm.CreatePlatform(site);
        var staff = await platform.Staff(Role.PlatformStaff);
        var slug = NewSlug();

        var page = await Open(staff, slug);

        Assert.Contains("is open at", page.Ok().Text);
        var visitor = platform.Client($"{slug}.test");
        Assert.Contains("Brand " + slug, (await visitor.Get("/")).Ok().Text);
        var mail = (await site.Audit("select m.text_body from mails m join tenants t on t.id = m.tenant_id where t.slug = $1", slug)).Single()[0]!.ToString()!;
        var code = System.Text.RegularExpressions.Regex.Match(mail, @"\b\d{6}\b").Value;
        await (await visitor.Get("/account/reset?email=nina%40example.com")).Form("#reset-form").Submit(new { Email = "nina@example.com", Code = code, Password = "harbour-lantern-77-oak" });
        await (await visitor.Get("/account/sign-in")).Form("#sign-in-form").Submit(new { Name = "nina@example.com", Password = "harbour-lantern-77-oak" });
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/firm/staff")).Status);
        Assert.Contains("tenant.created", (await visitor.Get("/firm/audit")).Ok().Text);
        Assert.Contains("tenant.created", (await staff.Browser.Get("/platform/audit")).Ok().Text);
    }

    [Theory]
    [InlineData("Slug", "Upper Case", "Form_Slug-error")]
    [InlineData("Hosts", "https://x.test/", "Form_Hosts-error")]
    [InlineData("Currency", "XXX", "Form_Currency-error")]
    [InlineData("TimeZone", "Mars/Olympus", "Form_TimeZone-error")]
    [InlineData("DayStartsAt", "25:00", "Form_DayStartsAt-error")]
    [InlineData("OwnerEmail", "nobody", "Form_OwnerEmail-error")]
    [InlineData("Name", "", "Form_Name-error")]
    public async Task A_wrong_field_is_named_and_nothing_is_created(string field, string value, string error)
    {
        await using var platform = await TestFirm.CreatePlatform(site);
        var staff = await platform.Staff(Role.PlatformStaff);
        var slug = NewSlug();

        var page = await (await staff.Browser.Get("/platform/tenants/new")).Form("#new-form").Submit(
            new Dictionary<string, string?>(Fields(slug)) { ["Form." + field] = value });

        Assert.NotEmpty(page.Is(HttpStatusCode.UnprocessableEntity).TextOf("#" + error));
        Assert.Empty(await site.Audit("select 1 from tenants where slug = $1", slug));
    }

    [Fact]
    public async Task A_short_name_or_host_in_use_is_refused_and_the_other_brand_stays_as_it_was()
    {
        await using var platform = await TestFirm.CreatePlatform(site);
        await using var firm = await TestFirm.Create(site);
        var staff = await platform.Staff(Role.PlatformStaff);

        var name = await Open(staff, firm.Tenant.Slug);
        var host = await (await staff.Browser.Get("/platform/tenants/new")).Form("#new-form").Submit(new Dictionary<string, string?>(Fields(NewSlug())) { ["Form.Hosts"] = firm.Host });

        Assert.Contains("is taken", name.Is(HttpStatusCode.UnprocessableEntity).TextOf("#Form_Slug-error"));
        Assert.Contains("another tenant", host.Is(HttpStatusCode.UnprocessableEntity).TextOf("#Form_Hosts-error"));
        Assert.Contains(firm.Tenant.Name, (await firm.Client().Get("/")).Ok().Text);
    }

    [Fact]
    public async Task A_suspended_brand_is_closed_to_everybody_until_it_is_resumed()
    {
        await using var platform = await TestFirm.CreatePlatform(site);
        await using var firm = await TestFirm.Create(site);
        var (staff, owner) = (await platform.Staff(Role.PlatformStaff), await firm.Staff(Role.Owner));

        var bare = await (await staff.Browser.Get($"/platform/tenants/{firm.Tenant.Id}")).Form("#suspend-form").Submit(new { Reason = "no" });
        Assert.Contains("10 to 500", bare.Is(HttpStatusCode.UnprocessableEntity).TextOf("#suspend-form"));
        await bare.Form("#suspend-form").Submit(new { Reason = "The licence of this firm has ended." });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await firm.Client().Get("/")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await owner.Browser.Get("/firm")).Status);
        Assert.Contains("Suspended", (await staff.Browser.Get("/platform/tenants?search=")).Ok().TextOf("#tenant-table"));

        await (await staff.Browser.Get($"/platform/tenants/{firm.Tenant.Id}")).Form("#resume-form").Submit();
        var trail = (await owner.Browser.Get("/firm/audit?search=tenant.")).Ok().Text;
        Assert.Contains("The licence of this firm has ended.", trail);
        Assert.Contains($"{staff.UserName} (platform)", trail);
    }

    [Fact]
    public async Task A_suspension_ends_the_live_streams_of_who_was_in()
    {
        await using var platform = await TestFirm.CreatePlatform(site);
        await using var firm = await TestFirm.Create(site);
        var (staff, owner) = (await platform.Staff(Role.PlatformStaff), await firm.Staff(Role.Owner));
        using var http = new HttpClient(site.Server.CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://{firm.Host}/firm?handler=Live");
        request.Headers.Add("Cookie", $"{TestPerson.SessionCookie}={Uri.EscapeDataString(owner.Session)}");
        using var stream = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal("event: nonce", await reader.ReadLineAsync(TestContext.Current.CancellationToken));

        await (await staff.Browser.Get($"/platform/tenants/{firm.Tenant.Id}")).Form("#suspend-form").Submit(new { Reason = "The licence of this firm has ended." });

        Assert.Contains("event: gone", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Domains_and_trading_day_are_changed_and_hold_at_once()
    {
        await using var platform = await TestFirm.CreatePlatform(site);
        await using var firm = await TestFirm.Create(site);
        var staff = await platform.Staff(Role.PlatformStaff);
        var host = NewSlug() + ".test";

        var page = await (await staff.Browser.Get($"/platform/tenants/{firm.Tenant.Id}")).Form("#change-form").Submit(new { Hosts = $"{firm.Host}\n{host}", TimeZone = "Asia/Tokyo", DayStartsAt = "06:30" });

        Assert.Contains("Saved", page.Ok().Text);
        Assert.Equal(HttpStatusCode.OK, (await firm.Client(host).Get("/")).Status);
        Assert.Equal("Asia/Tokyo", page.One("#Form_TimeZone").GetAttribute("value"));
        Assert.Equal("06:30", page.One("#Form_DayStartsAt").GetAttribute("value"));
    }

    [Fact]
    public async Task The_health_page_measures_feed_engine_outbox_and_database_with_their_thresholds()
    {
        await using var platform = await TestFirm.CreatePlatform(site);
        var staff = await platform.Staff(Role.PlatformStaff);

        var page = (await staff.Browser.Get("/platform/health")).Ok();

        foreach (var area in (string[])["Feed", "Engine", "Outbox", "Database"]) Assert.Contains(area, page.TextOf("#health-facts"));
        Assert.All(page.All("#health-facts tbody tr"), row => Assert.NotEmpty(row.Children[3].TextContent));
        var states = page.All("#health-facts tbody tr").Select(row => row.Children[0].TextContent.Trim()).ToList();
        Assert.Equal(states.OrderBy(state => state switch { "Failing" => 0, "Late" => 1, _ => 2 }), states);
    }

    [Fact]
    public async Task The_platform_has_its_own_host_and_its_own_people()
    {
        await using var platform = await TestFirm.CreatePlatform(site);
        await using var firm = await TestFirm.Create(site);
        var (owner, staff) = (await firm.Staff(Role.Owner), await platform.Staff(Role.PlatformStaff));

        Assert.NotEqual(HttpStatusCode.OK, (await owner.Browser.Get("/platform")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Browser.Get($"/platform/tenants/{platform.Tenant.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Browser.Get($"/platform/tenants/{Guid.CreateVersion7()}")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await staff.Browser.Get("/firm")).Status);
    }

    private static string NewSlug() => "b" + Guid.CreateVersion7().ToString("N")[^12..];

    private static Dictionary<string, string?> Fields(string slug) => new()
    {
        ["Form.Slug"] = slug, ["Form.Name"] = "Brand " + slug, ["Form.Hosts"] = $"{slug}.test", ["Form.Currency"] = "EUR", ["Form.Culture"] = "de-DE",
        ["Form.OwnerEmail"] = "nina@example.com", ["Form.OwnerCountry"] = "FR",
    };

    private static async Task<Page> Open(TestPerson staff, string slug) =>
        await (await staff.Browser.Get("/platform/tenants/new")).Ok().Form("#new-form").Submit(Fields(slug));
}
