using Microsoft.Extensions.DependencyInjection;

namespace TradeSense.Modules.Content;

public static class ContentModule
{
    public static IServiceCollection AddContent(this IServiceCollection services) => services.AddScoped<SaveLook>().AddScoped<SaveWords>();
}
