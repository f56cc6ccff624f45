using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using TradeSense.Modules;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Api;

namespace TradeSense.Web.Api.V2;

/// <summary>
/// <c>Authorization: Bearer tsk_…</c> → the grant behind the key, at the brand the host names and no other. Cookies mean nothing here, so no other site can
/// make a browser trade. Counts requests too: a key has a bucket of tokens, an address one for keys that do not work.
/// </summary>
internal sealed class ApiKeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys, ApiLimits limits, ApiScope scope)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey", TradeClaim = "api-trade";
    private const string Bearer = "Bearer ";
    private Refusal _refusal = ApiRefusal.KeyMissing;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var address = Context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (scope.Tenant is not { Kind: TenantKind.Brand } tenant || Request.Headers.Authorization.ToString() is not { Length: > 0 } sent) return AuthenticateResult.NoResult();

        // Many may share an address, so whoever shows a key that has worked here is let in however often others tried theirs.
        var secret = sent.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? sent[Bearer.Length..].Trim() : "";
        if (limits.BadKeys.Look(address) is { IsGiven: false } blocked && !keys.Knows(tenant.Id, secret)) return Limited(ApiRefusal.TooManyBadKeys, blocked);
        if (await keys.Find(tenant.Id, secret, address, Context.RequestAborted) is not { } grant)
        {
            limits.BadKeys.Take(address);
            return Refused(ApiRefusal.KeyInvalid);
        }

        var allowance = limits.Requests.Take(grant.KeyId);
        Tell(allowance);
        if (!allowance.IsGiven) return Limited(ApiRefusal.TooManyRequests, allowance);

        scope.Enter(grant, address);
        return AuthenticateResult.Success(new AuthenticationTicket(Principal(grant), SchemeName));
    }

    private static ClaimsPrincipal Principal(ApiGrant grant)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, grant.UserId.ToString())], SchemeName);
        if (grant.MayTrade) identity.AddClaim(new Claim(TradeClaim, ""));
        return new ClaimsPrincipal(identity);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = _refusal == ApiRefusal.KeyInvalid ? "Bearer error=\"invalid_token\"" : "Bearer";
        return Answer(_refusal);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Answer(ApiRefusal.ScopeMissing);

    private Task Answer(Refusal refusal) => Context.RequestServices.GetRequiredService<ApiProblems>().Of(refusal).ExecuteAsync(Context);

    private AuthenticateResult Refused(Refusal refusal)
    {
        _refusal = refusal;
        return AuthenticateResult.Fail(refusal.Code);
    }

    private AuthenticateResult Limited(Refusal refusal, Allowance allowance)
    {
        Response.Headers.RetryAfter = Seconds(allowance.Wait);
        return Refused(refusal);
    }

    private void Tell(Allowance allowance)
    {
        Response.Headers["RateLimit-Limit"] = allowance.Limit.ToString(CultureInfo.InvariantCulture);
        Response.Headers["RateLimit-Remaining"] = allowance.Remaining.ToString(CultureInfo.InvariantCulture);
        Response.Headers["RateLimit-Reset"] = Seconds(allowance.UntilFull);
    }

    /// <summary>Whole seconds, rounded up: who waits so long is not too early.</summary>
    private static string Seconds(TimeSpan time) => ((time.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture);
}

/// <summary>For whom a call of the API is made: the host's tenant and, once it was shown, the key's grant.</summary>
internal sealed class ApiScope(CurrentTenant tenant, CurrentActor actor)
{
    private ApiGrant? _grant;

    public Tenant? Tenant => tenant.IsSet ? tenant.Value : null;

    /// <summary>The grant; asking before a key was shown is a bug and throws.</summary>
    public ApiGrant Grant => _grant ?? throw new InvalidOperationException("No key was shown.");

    public void Enter(ApiGrant grant, string address)
    {
        _grant = grant;
        actor.Set(grant.UserId, $"{grant.UserName} (key {grant.Name})", address);
    }
}
