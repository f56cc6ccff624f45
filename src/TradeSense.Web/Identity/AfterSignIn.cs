using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Identity;

namespace TradeSense.Web.Identity;

/// <summary>Where a person goes after signing in: to the page that asked for it when it is one of ours, else to their own start page.</summary>
internal static class AfterSignIn
{
    public static string Home(Role role) => role switch
    {
        Role.Trader => "/trader",
        Role.PlatformStaff => "/platform",
        _ => "/firm",
    };

    public static IActionResult Go(IUrlHelper url, string? returnUrl, Role role) => new LocalRedirectResult(url.IsLocalUrl(returnUrl) ? returnUrl! : Home(role));
}
