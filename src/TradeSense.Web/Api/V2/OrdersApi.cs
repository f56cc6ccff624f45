using TradeSense.Modules;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Api;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Orders;

namespace TradeSense.Web.Api.V2;

/// <summary>Orders: placed, changed, taken back. Each command carries its sender's id, and the same id has one effect and one answer.</summary>
internal static class OrdersApi
{
    public static void MapOrders(this IEndpointRouteBuilder api)
    {
        api.MapPost("/accounts/{id:guid}/orders", Place);
        api.MapPut("/accounts/{id:guid}/orders/{number:int}", Change);
        api.MapDelete("/accounts/{id:guid}/orders/{number:int}", Cancel);
        api.MapDelete("/accounts/{id:guid}/orders", CancelAll);
    }

    /// <summary>What became of a command is no trade: a key that only reads may ask.</summary>
    public static void MapCommands(this IEndpointRouteBuilder api) => api.MapGet("/accounts/{id:guid}/commands", Fate);

    private static async Task<IResult> Place(Guid id, HttpContext http, OwnAccount own, OrderPlacer placer, ApiProblems problems, CancellationToken ct)
    {
        if (await own.Check(id, ct) is { } refusal) return problems.Of(refusal);
        var body = await ApiBody.Read<NewOrder>(http.Request, ct);
        if (body.IsRefused) return problems.Of(body.Refusal);
        return Answer(body.Value.ClientId, await placer.Run(id, own.UserId, body.Value, ct), problems, http.Response);
    }

    private static async Task<IResult> Change(Guid id, int number, HttpContext http, OwnAccount own, ModifyOrder modify, ApiProblems problems, CancellationToken ct)
    {
        if (await own.Check(id, ct) is { } refusal) return problems.Of(refusal);
        var body = await ApiBody.Read<ChangedOrder>(http.Request, ct);
        if (body.IsRefused) return problems.Of(body.Refusal);

        var order = body.Value;
        return Answer(order.ClientId, await modify.Run(
            new(id, own.UserId, order.ClientId ?? "", number, order.Lots ?? "", order.Price ?? "", order.LimitPrice, order.StopLoss, order.TakeProfit, OrderPlacer.Expiry(order.Expiry, order.Until)), ct), problems, http.Response);
    }

    private static async Task<IResult> Cancel(
        Guid id, int number, string? clientId, string? wholeGroup, HttpResponse response, OwnAccount own, CancelOrder cancel, ApiProblems problems, CancellationToken ct)
    {
        if (await own.Check(id, ct) is { } refusal) return problems.Of(refusal);
        if (!Query.Flag(wholeGroup, out var isWhole)) return problems.Of(Query.Wrong("wholeGroup"));
        return Answer(clientId, await cancel.Run(new(id, own.UserId, clientId ?? "", number, isWhole), ct), problems, response);
    }

    private static async Task<IResult> CancelAll(Guid id, string? clientId, string? symbol, HttpResponse response, OwnAccount own, CancelAllOrders cancel, ApiProblems problems, CancellationToken ct) =>
        await own.Check(id, ct) is { } refusal ? problems.Of(refusal) : Answer(clientId, await cancel.Run(new(id, own.UserId, clientId ?? "", symbol), ct), problems, response);

    private static async Task<IResult> Fate(Guid id, string? clientId, OwnAccount own, CommandFate commands, ApiProblems problems, CancellationToken ct)
    {
        if (await own.Check(id, ct) is { } refusal) return problems.Of(refusal);
        if (await commands.Find(own.TenantId, id, clientId ?? "", ct) is not { } fate) return problems.Of(ApiRefusal.UnknownCommand);

        var why = fate.Refused is { } reason ? TradingRefusal.Of(reason) : null;
        return ApiAnswer.Of(new CommandAnswer(clientId!, why is null ? "accepted" : "refused", [.. fate.Events.Select(ApiEvent.Of)]) { Code = why?.Code, At = fate.At });
    }

    internal static IResult Answer(string? clientId, Result<CommandOutcome.Accepted> outcome, ApiProblems problems, HttpResponse response) => outcome.IsRefused
        ? problems.Of(outcome.Refusal, response)
        : ApiAnswer.Of(new CommandAnswer(clientId!, "accepted", [.. outcome.Value.Events.Select(ApiEvent.Of)]));
}
