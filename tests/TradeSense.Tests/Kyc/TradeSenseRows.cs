using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Database;
using TradeSense.Modules.Kyc;

namespace TradeSense.Tests.Kyc;

internal static class TradeSenseRows
{
    public static async Task<List<KycDocument>> Documents(IServiceProvider services) =>
        await services.GetRequiredService<TradeSenseDb>().Set<KycDocument>().AsNoTracking().ToListAsync();
}
