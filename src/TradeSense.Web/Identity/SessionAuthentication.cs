using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Security;

namespace TradeSense.Web.Identity;

/// <summary>The session cookie → the person. The session row belongs to the host's tenant, so a cookie copied to another brand opens nothing.</summary>
internal sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Sessions sessions, CurrentActor actor, CurrentTenant tenant)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var address = Context.Connection.RemoteIpAddress?.ToString();
        actor.Set(null, "visitor", address);
        if (!tenant.IsSet || Request.Cookies[Cookies.Session] is not { } token) return AuthenticateResult.NoResult();

        var person = await sessions.Find(token, Context.RequestAborted);
        if (person is null) return AuthenticateResult.Fail("The session has ended.");

        actor.Set(person.UserId, person.UserName, address);
        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, person.UserId.ToString()), new(ClaimTypes.Name, person.UserName), new(ClaimTypes.Email, person.Email),
            new(ClaimTypes.Role, person.Role.ToString()), new(PersonClaims.Session, person.SessionId.ToString()), new(PersonClaims.Tenant, tenant.Id.ToString()),
        };
        if (person.TimeZone is not null) claims.Add(new Claim(PersonClaims.TimeZone, person.TimeZone));
        claims.AddRange(Permissions.Of(person.Role).Select(permission => new Claim(PersonClaims.Permission, permission.ToString())));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName)), SchemeName));
    }

    /// <summary>A page leads to the sign-in; a fragment is told to, so that no sign-in form is swapped into the middle of a page.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var signIn = $"/account/sign-in?returnUrl={Uri.EscapeDataString(Request.Path + Request.QueryString)}";
        if (Request.Headers.ContainsKey("HX-Request") || Request.Path.StartsWithSegments("/api"))
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            Response.Headers["HX-Redirect"] = signIn;
        }
        else
        {
            Response.Redirect(signIn);
        }

        return Task.CompletedTask;
    }

    /// <summary>Whoever is refused a page of the staff stands in the trail.</summary>
    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        if (!tenant.IsSet || !(Request.Path.StartsWithSegments("/firm") || Request.Path.StartsWithSegments("/platform"))) return;

        var path = Request.Path.Value!;
        await Context.RequestServices.GetRequiredService<AuditTrail>().Attempted("page.refused", $"page:{(path.Length > 200 ? path[..200] : path)}", new { Request.Method });
    }
}

internal static class PersonClaims
{
    public const string Session = "session", Tenant = "tenant", TimeZone = "zoneinfo", Permission = "permission";

    public static Guid UserId(this ClaimsPrincipal person) => Guid.Parse(person.FindFirstValue(ClaimTypes.NameIdentifier)!);
    public static Guid SessionId(this ClaimsPrincipal person) => Guid.Parse(person.FindFirstValue(Session)!);
    public static bool May(this ClaimsPrincipal person, Permission permission) => person.HasClaim(Permission, permission.ToString());
}

/// <summary>Hands out and takes back the cookie that holds a session's token.</summary>
internal static class SessionCookie
{
    private static CookieOptions Options(HttpContext context) => Cookies.Builder(Cookies.Session, SameSiteMode.Lax).Build(context);

    public static void Set(HttpResponse response, string token) => response.Cookies.Append(Cookies.Session, token, Options(response.HttpContext));

    public static void Remove(HttpResponse response)
    {
        response.Cookies.Delete(Cookies.Session, Options(response.HttpContext));
        response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
    }
}
