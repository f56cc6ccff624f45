using TradeSense.Modules;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Orders;

namespace TradeSense.Web.Api.V2;

/// <summary>Open positions: closed whole or in part, protected, turned round.</summary>
internal static class PositionsApi
{
    public static void MapPositions(this IEndpointRouteBuilder api)
    {
        api.MapPut("/accounts/{id:guid}/positions/{number:int}", (Guid id, int number, HttpContext http, OwnAccount own, ModifyPosition use, ApiProblems problems, CancellationToken ct) =>
            Do<ChangedPosition>(id, http, own, problems, body => body.ClientId, body => use.Run(new(id, own.UserId, body.ClientId ?? "", number, body.StopLoss, body.TakeProfit), ct), ct));
        api.MapPost("/accounts/{id:guid}/positions/{number:int}/close", (Guid id, int number, HttpContext http, OwnAccount own, ClosePosition use, ApiProblems problems, CancellationToken ct) =>
            Do<ClosedPosition>(id, http, own, problems, body => body.ClientId, body => use.Run(new(id, own.UserId, body.ClientId ?? "", number, body.Lots), ct), ct));
        api.MapPost("/accounts/{id:guid}/positions/{number:int}/reverse", (Guid id, int number, HttpContext http, OwnAccount own, ReversePosition use, ApiProblems problems, CancellationToken ct) =>
            Do<ReversedPosition>(id, http, own, problems, body => body.ClientId, body => use.Run(new(id, own.UserId, body.ClientId ?? "", number), ct), ct));
        api.MapPost("/accounts/{id:guid}/positions/close-all", (Guid id, HttpContext http, OwnAccount own, CloseAllPositions use, ApiProblems problems, CancellationToken ct) =>
            Do<ClosedAll>(id, http, own, problems, body => body.ClientId, body => use.Run(new(id, own.UserId, body.ClientId ?? "", body.Symbol, body.WithOrders), ct), ct));
        api.MapPut("/accounts/{id:guid}/positions/{number:int}/trailing-stop", (Guid id, int number, HttpContext http, OwnAccount own, SetTrailingStop use, ApiProblems problems, CancellationToken ct) =>
            Do<TrailingStop>(id, http, own, problems, body => body.ClientId, body => use.Run(new(id, own.UserId, body.ClientId ?? "", number, body.Distance), ct), ct));
        api.MapPut("/accounts/{id:guid}/positions/{number:int}/breakeven", (Guid id, int number, HttpContext http, OwnAccount own, SetBreakeven use, ApiProblems problems, CancellationToken ct) =>
            Do<BreakevenStop>(id, http, own, problems, body => body.ClientId, body => use.Run(new(id, own.UserId, body.ClientId ?? "", number, body.Trigger, body.Offset), ct), ct));
        api.MapPut("/accounts/{id:guid}/positions/{number:int}/time-stop", (Guid id, int number, HttpContext http, OwnAccount own, SetTimeStop use, ApiProblems problems, CancellationToken ct) =>
            Do<TimeStop>(id, http, own, problems, body => body.ClientId, body => use.Run(new(id, own.UserId, body.ClientId ?? "", number, body.CloseAt), ct), ct));
    }

    private static async Task<IResult> Do<T>(
        Guid id, HttpContext http, OwnAccount own, ApiProblems problems, Func<T, string?> clientId, Func<T, Task<Result<CommandOutcome.Accepted>>> use, CancellationToken ct) where T : class
    {
        if (await own.Check(id, ct) is { } refusal) return problems.Of(refusal);
        var body = await ApiBody.Read<T>(http.Request, ct);
        return body.IsRefused ? problems.Of(body.Refusal) : OrdersApi.Answer(clientId(body.Value), await use(body.Value), problems, http.Response);
    }
}
