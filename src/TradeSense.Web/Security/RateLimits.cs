using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Security;

/// <summary>What people do by a form that guesses, sends mail or touches money.</summary>
public enum LimitedAct { SignIn, Register, Code, Reset, Checkout, Card }

/// <summary>Posts to this page count towards a limit, for each network address and for each account.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LimitedAttribute(LimitedAct act) : Attribute
{
    public LimitedAct Act => act;
}

/// <summary>
/// How often an hour. Tries come back one by one, so that who was stopped waits minutes, not the hour. Counted in each process by itself; what must hold over all of
/// them (five tries for a code, the lock after wrong passwords) the use cases count in the database.
/// </summary>
public sealed record LimitsOptions
{
    public const string Section = "Limits";

    public sealed record Limit
    {
        public int PerAddress { get; init; }

        /// <summary>Zero: not counted by account, or the use case does.</summary>
        public int PerAccount { get; init; }
    }

    public bool Enabled { get; init; } = true;
    public Limit SignIn { get; init; } = new() { PerAddress = 100 };
    public Limit Register { get; init; } = new() { PerAddress = 20 };
    public Limit Code { get; init; } = new() { PerAddress = 60, PerAccount = 20 };
    public Limit Reset { get; init; } = new() { PerAddress = 40 };
    public Limit Checkout { get; init; } = new() { PerAddress = 120, PerAccount = 40 };
    public Limit Card { get; init; } = new() { PerAddress = 120, PerAccount = 20 };

    public Limit Of(LimitedAct act) => act switch
    {
        LimitedAct.SignIn => SignIn,
        LimitedAct.Register => Register,
        LimitedAct.Code => Code,
        LimitedAct.Reset => Reset,
        LimitedAct.Checkout => Checkout,
        LimitedAct.Card => Card,
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    };
}

internal static class RateLimits
{
    public static void AddRateLimits(this IServiceCollection services, LimitsOptions options)
    {
        if (!options.Enabled) return;

        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(context => PartitionOf(context, "address", AddressOf(context.Connection.RemoteIpAddress), act => options.Of(act).PerAddress)),
                PartitionedRateLimiter.Create<HttpContext, string>(context => PartitionOf(context, "account", AccountOf(context), act => options.Of(act).PerAccount)));
            limiter.OnRejected = (rejected, _) =>
            {
                var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
                rejected.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
        });
    }

    /// <summary>After the person is known. Its refusal has no body: the error pages write one.</summary>
    public static void UseRateLimits(this WebApplication app, LimitsOptions options)
    {
        if (options.Enabled) app.UseRateLimiter();
    }

    private static RateLimitPartition<string> PartitionOf(HttpContext context, string kind, string? who, Func<LimitedAct, int> perHour)
    {
        var limited = HttpMethods.IsPost(context.Request.Method) ? context.GetEndpoint()?.Metadata.GetMetadata<LimitedAttribute>() : null;
        if (limited is null || who is null || perHour(limited.Act) is not (> 0 and var most)) return RateLimitPartition.GetNoLimiter("free");

        var tenant = context.RequestServices.GetRequiredService<CurrentTenant>().Id;
        return RateLimitPartition.GetTokenBucketLimiter($"{kind} {tenant} {limited.Act} {who}", _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = most, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromHours(1) / most, QueueLimit = 0, AutoReplenishment = true,
        });
    }

    /// <summary>Of IPv6 the network: whoever has one address there has them all.</summary>
    private static string? AddressOf(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true }) address = address.MapToIPv4();
        return address is { AddressFamily: AddressFamily.InterNetworkV6 } ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address?.ToString();
    }

    /// <summary>Who is signed in; between password and code whose code it is; on a payment page, whose address is the secret, the page.</summary>
    private static string? AccountOf(HttpContext context)
    {
        if (context.User.Identity is { IsAuthenticated: true }) return context.User.UserId().ToString();
        if (context.Request.Query["who"] is [{ } who]) return context.RequestServices.GetRequiredService<PendingSignIn>().Read(who)?.ToString();
        return context.GetRouteValue("token")?.ToString();
    }
}
