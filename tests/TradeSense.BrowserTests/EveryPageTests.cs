using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.BrowserTests.Fixture;
using TradeSense.Tests.Fixture;

namespace TradeSense.BrowserTests;

/// <summary>
/// Every page of the product, by the person it is for, on both screens in both schemes: itself and no other page, accessible and no wider than the screen;
/// pictures stay in <c>artifacts/screenshots/pages</c>. The routes come from the application: one whose address nobody can fill in fails the test. A page is
/// loaded once and then looked at four times.
/// </summary>
public sealed class EveryPageTests(Chromium chromium, Showcase show) : IClassFixture<Showcase>
{
    /// <summary>Routes with keys in them. Null is no page of its own: a file, or a form that only answers posts.</summary>
    private Dictionary<string, string?> Filled => new(StringComparer.OrdinalIgnoreCase)
    {
        ["account/confirm"] = show.ConfirmPage,
        ["account/reset"] = $"/account/reset?Who={show.Trader.Id}",
        ["account/sign-out"] = null,
        ["calculators/{kind?}"] = "/calculators",
        ["checkout"] = "/checkout?model=sprint&size=10000",
        ["checkout/{id:guid}"] = $"/checkout/{show.Id("order")}",
        ["sandbox/pay/{token}"] = show.PaymentPage,
        ["sandbox/pay/{token}/confirm"] = show.PaymentToConfirm,
        ["verify/{id:guid}"] = $"/verify/{show.Id("receipt")}",
        ["verify/heads/{day}"] = $"/verify/heads/{show.HeadDay}",
        ["verify/certificate/{id:guid}"] = $"/verify/certificate/{show.Id("certificate")}",
        ["trader/accounts/{id:guid}"] = $"/trader/accounts/{show.Id("failed account")}",
        ["trader/accounts/{id:guid}/receipts/{receiptId:guid}"] = $"/trader/accounts/{show.Id("failed account")}/receipts/{show.Id("receipt")}",
        ["trader/accounts/{id:guid}/receipts/{receiptId:guid}/appeal"] = $"/trader/accounts/{show.Id("failed account")}/receipts/{show.Id("receipt")}/appeal",
        ["trader/accounts/{id:guid}/other-plans"] = $"/trader/accounts/{show.Id("failed account")}/other-plans",
        ["trader/contract/{challengeId:guid}"] = $"/trader/contract/{show.Id("challenge")}",
        ["trader/orders/{id:guid}/receipt"] = $"/trader/orders/{show.Id("order")}/receipt",
        ["trader/payouts/{id:guid}"] = $"/trader/payouts/{show.Id("payout")}",
        ["trader/payouts/{id:guid}/receipt"] = $"/trader/payouts/{show.Id("payout")}/receipt",
        ["trader/terminal/{id:guid?}"] = $"/trader/terminal/{show.Id("running account")}",
        ["trader/terminal/{id:guid}/order"] = $"/trader/terminal/{show.Id("running account")}/order",
        ["trader/terminal/{id:guid}/positions/{number:int}"] = $"/trader/terminal/{show.Id("running account")}/positions/1",
        ["trader/terminal/{id:guid}/positions/{number:int}/guards"] = $"/trader/terminal/{show.Id("running account")}/positions/1/guards",
        ["trader/terminal/{id:guid}/positions/{number:int}/reversal"] = null,
        ["trader/terminal/{id:guid}/cancelling"] = null,
        ["trader/terminal/{id:guid}/closing"] = null,
        ["trader/terminal/saved"] = null,
        ["trader/feed-notice"] = null,
        ["trader/terminal/{id:guid}/orders/{number:int}"] = show.PendingOrder,
        ["firm/incidents/{id:guid}"] = $"/firm/incidents/{show.Id("incident")}",
        ["trader/terminal/{id:guid}/calculator/{kind?}"] = $"/trader/terminal/{show.Id("running account")}/calculator/drawdown",
        // Nobody waits to be told in the showcase; the form is that of a new alert.
        ["trader/alerts/{id:guid}"] = null,
        ["platform/calendar/events/{id:guid?}"] = "/platform/calendar/events",
        // No file was read there.
        ["platform/calendar/imports/{id:guid}"] = null,
        ["firm/accounts/{accountId:guid}"] = $"/firm/accounts/{show.Id("funded account")}",
        ["firm/accounts/{accountId:guid}/receipts/{receiptId:guid}"] = $"/firm/accounts/{show.Id("failed account")}/receipts/{show.Id("receipt")}",
        ["firm/accounts/{id:guid}/other-plans"] = $"/firm/accounts/{show.Id("failed account")}/other-plans",
        ["firm/gateways/{name}"] = "/firm/gateways/sandbox",
        ["firm/kyc/{caseId:guid?}"] = $"/firm/kyc/{show.Id("case")}",
        ["firm/kyc/documents/{documentId:guid}"] = null,
        ["firm/models/{id:guid}"] = $"/firm/models/{show.Id("model")}",
        ["firm/models/publish/{id:guid?}"] = $"/firm/models/publish/{show.Id("model")}",
        ["firm/staff/{userId:guid}"] = $"/firm/staff/{show.Owner.Id}",
        ["firm/traders/{userId:guid}"] = $"/firm/traders/{show.Trader.Id}",
        ["platform/tenants/{tenantId:guid}"] = $"/platform/tenants/{show.Firm.Tenant.Id}",
    };

    [Fact]
    public async Task A_visitor_can_read_every_page()
    {
        await using var visit = await chromium.Visit(show.Site, show.Firm.Host);
        await LookAt("visitor", visit, [.. Routes().Where(route => Audience(route) is "visitor"), "/no-such-page", "/calculators/drawdown", "/calculators/profit"]);
    }

    [Fact]
    public async Task A_trader_can_read_every_page()
    {
        await using var visit = await chromium.Visit(show.Trader);
        await LookAt("trader", visit, [.. Routes().Where(route => Audience(route) is "trader"), $"/trader/accounts/{show.Id("funded account")}", $"/trader/accounts/{show.Id("running account")}"]);
    }

    [Fact]
    public async Task A_firm_can_read_every_page()
    {
        await using var visit = await chromium.Visit(show.Owner);
        await LookAt("firm", visit, [.. Routes().Where(route => Audience(route) is "firm"), "/firm/models/publish", "/firm/payouts?decided=true", "/trader"]);
    }

    [Fact]
    public async Task The_platform_can_read_every_page()
    {
        await using var visit = await chromium.Visit(show.PlatformStaff);
        await LookAt("platform", visit, [.. Routes().Where(route => Audience(route) is "platform")]);
    }

    /// <summary>Addresses that answer with something else than their own page, on purpose.</summary>
    private static readonly Dictionary<string, (int Status, string Path)> Elsewhere = new()
    {
        ["/no-such-page"] = (404, "/no-such-page"),
        // Staff have no accounts of their own.
        ["/trader"] = (403, "/trader"),
    };

    /// <summary>Faults of one page do not hide those of the next: all are told together.</summary>
    private async Task LookAt(string who, Visit visit, IReadOnlyList<string> routes)
    {
        var (faults, names) = (new List<string>(), new HashSet<string>());
        foreach (var route in routes)
        {
            if (Address(route) is not { } address) continue;

            var response = await visit.Page.GotoAsync(address);
            var expected = Elsewhere.GetValueOrDefault(route, (200, address.Split('?')[0]));
            var answered = (response!.Status, new Uri(visit.Page.Url).AbsolutePath);
            if (answered != expected) faults.Add($"{address}: answered {answered} instead of {expected}");
            var name = Name(who, route);
            while (!names.Add(name)) name += "-again";
            faults.AddRange(await visit.FaultsOnAllScreens(name));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>The route without its keys, and whose it is.</summary>
    private static string Name(string who, string route)
    {
        var parts = route.Split(['/', '{', '}', ':', '?', '='], StringSplitOptions.RemoveEmptyEntries).Where(part => part is not ("guid" or "int") && !Guid.TryParse(part, out _)).DefaultIfEmpty("home").ToList();
        return string.Join('-', parts[0] == who ? parts : parts.Prepend(who));
    }

    private string? Address(string route)
    {
        if (route.StartsWith('/')) return route;
        if (Filled.TryGetValue(route, out var address)) return address;

        Assert.False(route.Contains('{'), $"{route} holds a key: say in {nameof(Filled)} which page of it is looked at.");
        return "/" + route;
    }

    /// <summary>In small letters, as links write them: a page without an address of its own is found by its file's name, and an index page a second time.</summary>
    private IEnumerable<string> Routes() => show.Site.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items
        .OfType<PageActionDescriptor>().Select(page => page.AttributeRouteInfo!.Template!.ToLowerInvariant()).Where(route => !route.EndsWith("/index", StringComparison.Ordinal))
        .Distinct().Order(StringComparer.Ordinal);

    private static string Audience(string route) => route.Split('/')[0] switch
    {
        "trader" or "checkout" => "trader",
        "firm" => "firm",
        "platform" => "platform",
        _ => route is "account/security" ? "trader" : "visitor",
    };
}
