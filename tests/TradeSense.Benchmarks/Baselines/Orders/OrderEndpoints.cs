using Npgsql;

namespace TradeSense.Baselines.Orders;

/// <summary>Orders over HTTP with nothing before the write: no key, no tenant, no check, no engine. One answers by the batched writer, one by EF.</summary>
internal static class OrderEndpoints
{
    private sealed record Written(int Position, string Body);

    public static void MapOrders(this IEndpointRouteBuilder routes, NpgsqlDataSource source)
    {
        OrderContent? content = null;
        RawOrderWriter? batched = null;
        EfOrderWriter? ordinary = null;

        // What the rows hold is the product's own, and known only when it runs.
        routes.MapPost("/orders/content", (OrderContent told) =>
        {
            (content, batched, ordinary) = (told, new RawOrderWriter(source, told), new EfOrderWriter(source, told));
            return Results.Json(told);
        });
        routes.MapPost("/orders/batched", async (PlainOrder order) =>
        {
            await batched!.Write(order);
            return Results.Json(new Written(order.Number, content!.Body));
        });
        routes.MapPost("/orders/ef", async (PlainOrder order) =>
        {
            await ordinary!.Write(order);
            return Results.Json(new Written(order.Number, content!.Body));
        });
        routes.MapGet("/orders/ready", () => Results.Json("ready"));
    }
}
