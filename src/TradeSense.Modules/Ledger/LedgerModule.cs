using Microsoft.Extensions.DependencyInjection;

namespace TradeSense.Modules.Ledger;

public static class LedgerModule
{
    public static IServiceCollection AddLedger(this IServiceCollection services) =>
        services.AddScoped<PostTransfer>().AddScoped<ReverseTransfer>().AddScoped<LedgerStatement>().AddScoped<LedgerOverview>().AddScoped<DocumentNumbers>();
}
