using System.Reflection;
using Microsoft.Playwright;
using TradeSense.Tests.Fixture;

namespace TradeSense.BrowserTests.Fixture;

/// <summary>The browser of the run: Debian's Chromium, driven by Playwright. Each <see cref="Visit"/> is a person with cookies of their own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var package = typeof(Chromium).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "PlaywrightPackage").Value;
        Environment.SetEnvironmentVariable("PLAYWRIGHT_DRIVER_SEARCH_PATH", package);
        _playwright = await Playwright.CreateAsync();
        // Browsers, servers and PostgreSQL share two cores here: live figures may be late without being wrong.
        Assertions.SetDefaultExpectTimeout(20_000);
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("TRADESENSE_CHROMIUM") ?? "/usr/bin/chromium",
            // Chromium refuses to run as root inside its sandbox; an ordinary user keeps it.
            Args = ["--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking", "--no-proxy-server", .. Environment.IsPrivilegedProcess ? (string[])["--no-sandbox"] : []],
        });
    }

    /// <summary>A fresh person at a host of the site, on a screen of this size.</summary>
    public async Task<Visit> Visit(Site site, string host, Screen screen = Screen.Desktop, string? scheme = null)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.AddressOf(host).ToString(),
            ViewportSize = screen is Screen.Desktop ? new ViewportSize { Width = 1440, Height = 900 } : new ViewportSize { Width = 390, Height = 844 },
            HasTouch = screen is Screen.Phone,
            Locale = "en-US",
            TimezoneId = "Europe/Berlin",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(30_000);
        if (scheme is not null) await context.AddCookiesAsync([new Cookie { Name = TradeSense.Web.Security.Cookies.Scheme, Value = scheme, Url = site.AddressOf(host).ToString().Replace("http:", "https:", StringComparison.Ordinal), Secure = true }]);
        return new Visit(context, await context.NewPageAsync(), screen, scheme);
    }

    /// <summary>A person who is signed in already.</summary>
    public async Task<Visit> Visit(TestPerson person, Screen screen = Screen.Desktop, string? scheme = null)
    {
        var visit = await Visit(person.Firm.Site, person.Firm.Host, screen, scheme);
        await visit.Page.Context.AddCookiesAsync([new Cookie { Name = TestPerson.SessionCookie, Value = person.Session, Url = $"https://{person.Firm.Host}/", Secure = true, HttpOnly = true, SameSite = SameSiteAttribute.Lax }]);
        return visit;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

public enum Screen { Desktop, Phone }
