using TradeSense.Modules.Trading;
using TradeSense.Web.Hosting;

namespace TradeSense.Web.Api.V2;

/// <summary>The trading API for traders' own programs: everything under <c>/api/v2</c>, described for them by <c>/api/v2/openapi.json</c>.</summary>
internal static class TradingApi
{
    public const string Root = "/api/v2", TradePolicy = "ApiTrade";

    public static IServiceCollection AddTradingApi(this IServiceCollection services, ApiOptions options)
    {
        services.AddSingleton(options).AddSingleton<ApiLimits>().AddSingleton<ApiProblems>().AddScoped<ApiScope>().AddScoped<OwnAccount>().AddScoped<OrderPlacer>().AddSingleton<ApiDocument>();
        services.AddAuthorizationBuilder().AddPolicy(TradePolicy, policy => policy.RequireAuthenticatedUser().RequireClaim(ApiKeyAuthentication.TradeClaim));
        return services;
    }

    public static void MapTradingApi(this IEndpointRouteBuilder routes)
    {
        routes.MapApiDocument();
        var api = routes.MapGroup(Root).RequireAuthorization().DisableAntiforgery();

        // Lists from the database have the request's one transaction; orders have the desk's commit and no other.
        var reads = api.MapGroup("").AddEndpointFilter<TransactionFilter>();
        reads.MapAccounts();
        reads.MapHistory();
        api.MapMarketData();
        api.MapEvents();
        api.MapCommands();

        var trades = api.MapGroup("").RequireAuthorization(TradePolicy).WithMetadata(new JournalledAttribute());
        trades.MapOrders();
        trades.MapPositions();
    }
}

/// <summary>The account of the address, if the key reaches it and its owner holds it. All others are as absent as one that never was.</summary>
internal sealed class OwnAccount(ApiScope scope, Modules.Trading.Orders.OrderSubjects subjects)
{
    public Guid UserId => scope.Grant.UserId;
    public Guid TenantId => scope.Grant.TenantId;

    public async Task<Modules.Refusal?> Check(Guid account, CancellationToken ct) =>
        scope.Grant.Reaches(account) && await subjects.Owns(TenantId, UserId, account, ct) ? null : TradingRefusal.UnknownAccount;
}
