using Microsoft.AspNetCore.Http;
using TradeSense.Engine.Values;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Tests.Web;

public sealed class TenantFormatTests
{
    [Theory]
    [InlineData("en-US", "USD", 1234.5, "$1,234.50")]
    [InlineData("en-GB", "GBP", -1234.5, "−£1,234.50")]
    [InlineData("de-DE", "EUR", 1234.5, "1.234,50\u00A0€")]
    [InlineData("de-DE", "USD", -0.5, "−0,50\u00A0$")]
    [InlineData("en-US", "CHF", 10, "CHF\u00A010.00")]
    public void Money_is_written_as_the_brand_writes_it(string culture, string currency, decimal amount, string expected) =>
        Assert.Equal(expected, Format(culture).Money(new Money(amount, Currency.Of(currency))));

    [Fact]
    public void A_gain_can_carry_its_sign() => Assert.Equal("+$5.00", Format("en-US").Money(new Money(5m, Currency.Usd), signed: true));

    [Fact]
    public void Percent_is_rounded_half_away_from_zero() => Assert.Equal("5.3%", Format("en-US").Percent(new Percent(5.25m), 1));

    [Fact]
    public void Times_are_in_the_visitors_zone()
    {
        var at = new DateTimeOffset(2026, 11, 21, 23, 30, 5, TimeSpan.Zero);

        Assert.Equal("21 Nov 2026, 23:30 UTC", Format("en-GB").Time(at, TimeStyle.Moment));
        Assert.Equal("22 Nov 2026, 00:30", Format("en-GB", "zone=Europe/Berlin").Time(at, TimeStyle.Moment));
    }

    [Theory]
    [InlineData("zone=../../etc/passwd")]
    [InlineData("zone=Nowhere/Land")]
    [InlineData("zone=")]
    public void A_zone_the_browser_made_up_is_ignored(string cookie) => Assert.Equal(TimeZoneInfo.Utc, Format("en-GB", cookie).Zone);

    private static TenantFormat Format(string culture, string? cookie = null)
    {
        var tenant = new CurrentTenant();
        tenant.Set(TestSite.Brand("meridian", "midnight", culture, Currency.Usd));
        var context = new DefaultHttpContext();
        if (cookie is not null) context.Request.Headers.Cookie = cookie;
        return new TenantFormat(tenant, new HttpContextAccessor { HttpContext = context });
    }
}
