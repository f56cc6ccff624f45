using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Tenancy;
using Xunit;

namespace TradeSense.Tests.Tenancy;

public sealed class TenantDirectoryTests
{
    [Theory]
    [InlineData("alpha.example")]
    [InlineData("ALPHA.Example")]
    [InlineData("alpha.example:8443")]
    [InlineData("alpha.example.")]
    [InlineData("www.alpha.example")]
    public void A_host_is_found_in_any_spelling(string host)
    {
        var directory = Directory(Brand("alpha", "alpha.example", "www.alpha.example"), Brand("beta", "beta.example"));

        Assert.True(directory.TryFind(host, out var tenant));
        Assert.Equal("alpha", tenant.Slug);
    }

    [Theory]
    [InlineData("gamma.example")]
    [InlineData("sub.alpha.example")]
    [InlineData("alpha.example.evil.example")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:5080")]
    [InlineData("")]
    [InlineData(null)]
    public void An_unknown_host_has_no_tenant_not_even_a_default(string? host)
    {
        Assert.False(Directory(Brand("alpha", "alpha.example")).TryFind(host, out _));
        Assert.False(Directory().TryFind(host, out _));
    }

    [Fact]
    public void A_host_of_two_tenants_throws_and_the_earlier_reading_stays()
    {
        var directory = Directory(Brand("alpha", "alpha.example"));

        Assert.Throws<ArgumentException>(() => directory.Replace([Brand("beta", "same.example"), Brand("gamma", "same.example")]));

        Assert.True(directory.TryFind("alpha.example", out _));
        Assert.False(directory.TryFind("same.example", out _));
    }

    private static TenantDirectory Directory(params Tenant[] tenants)
    {
        var directory = new TenantDirectory();
        directory.Replace(tenants);
        return directory;
    }

    private static Tenant Brand(string slug, params string[] hosts) => new(
        Guid.CreateVersion7(), slug, slug, TenantKind.Brand, TenantStatus.Active, hosts, "en-US", Currency.Usd, TradingDay.Default, "midnight",
        new Dictionary<string, string>(), new Dictionary<string, string>(), []);
}
