using TradeSense.Modules.Identity;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Live;

namespace TradeSense.Web.Identity;

/// <summary>Cuts live streams of a session that was revoked or ran out: the stream asks every few seconds, in a scope of its own.</summary>
internal static class LiveSessions
{
    public static void AddLiveSessions(this IServiceCollection services) => services.Configure<LiveOptions>(live => live.StillSignedIn = Stands);

    private static async Task<bool> Stands(HttpContext context, CancellationToken ct)
    {
        // A suspended brand is closed at once, also for who was in.
        if (context.RequestServices.GetRequiredService<TenantDirectory>().Find(context.RequestServices.GetRequiredService<CurrentTenant>().Id) is not { Status: TenantStatus.Active }) return false;

        await using var scope = context.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(context.RequestServices.GetRequiredService<CurrentTenant>().Value);
        return await scope.ServiceProvider.GetRequiredService<Sessions>().Stands(context.User.SessionId(), ct);
    }
}
