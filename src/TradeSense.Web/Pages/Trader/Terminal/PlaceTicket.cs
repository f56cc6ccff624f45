using System.Globalization;
using TradeSense.Modules;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Orders;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>Sends a ticket to the use case of its type.</summary>
public sealed class PlaceTicket(PlaceMarketOrder market, PlacePendingOrder pending, PlaceBracket bracket, PlaceOco oco, PlaceScaled scaled, TenantFormat format)
{
    /// <param name="Meaning">Sizes and levels as the desk takes them, worked out for the side.</param>
    public sealed record Request(Guid AccountId, Guid UserId, string Symbol, string Side, TicketInput Input, TicketMeaning Meaning);

    public Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        var (input, meaning, id) = (request.Input, request.Meaning, request.Input.ClientId ?? "");
        var (account, user, symbol, side) = (request.AccountId, request.UserId, request.Symbol, request.Side);
        var (expiry, guards) = (new ExpiryText(input.Expiry, At(input.Until)), Guards(input));
        return input.Type switch
        {
            "limit" or "stop" or "stopLimit" => pending.Run(
                new(account, user, id, symbol, side, input.Type, meaning.Lots, input.Price ?? "", input.LimitPrice, meaning.StopLoss, meaning.TakeProfit, expiry, guards), ct),
            "bracket" => bracket.Run(
                new(account, user, id, symbol, side, input.Entry, meaning.Lots, input.Price, input.LimitPrice, meaning.StopLoss ?? "", meaning.TakeProfit ?? "", expiry, guards), ct),
            "oco" => oco.Run(new(account, user, id, [First(request), Other(request)], expiry), ct),
            "scaled" => scaled.Run(
                new(account, user, id, symbol, side, meaning.Lots, input.From ?? "", input.To ?? "", CountOf(input.Count), input.Split, meaning.StopLoss, meaning.TakeProfit, expiry), ct),
            _ => market.Run(new(account, user, id, symbol, side, meaning.Lots, meaning.StopLoss, meaning.TakeProfit, null, guards), ct),
        };
    }

    private PlaceOco.Leg First(Request request) =>
        new(request.Symbol, request.Input.FirstSide, request.Input.FirstKind, request.Meaning.Lots, request.Input.Price ?? "", null, request.Input.StopLoss, request.Input.TakeProfit, Guards(request.Input));

    private PlaceOco.Leg Other(Request request) =>
        new(request.Symbol, request.Input.OtherSide, request.Input.OtherKind, request.Meaning.Lots, request.Input.OtherPrice ?? "", null, request.Input.OtherStopLoss, request.Input.OtherTakeProfit, Guards(request.Input));

    private GuardText? Guards(TicketInput input) =>
        string.IsNullOrEmpty(input.TrailingDistance) && string.IsNullOrEmpty(input.BreakevenTrigger) && string.IsNullOrEmpty(input.BreakevenOffset) && string.IsNullOrEmpty(input.CloseAt)
            ? null
            : new GuardText(input.TrailingDistance, input.BreakevenTrigger, input.BreakevenOffset, At(input.CloseAt));

    /// <summary>Zero splits nothing: the use case says what may be typed.</summary>
    private static int CountOf(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;

    private DateTimeOffset? At(string? typed) => LocalInstant.Read(typed, format.Zone);
}

/// <summary>An instant as the browser's own field writes it: without a zone, which is the visitor's.</summary>
internal static class LocalInstant
{
    private static readonly string[] Shapes = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>Null for nothing, and for what is no instant of this zone (the hour that a clock skips).</summary>
    public static DateTimeOffset? Read(string? typed, TimeZoneInfo zone) =>
        DateTime.TryParseExact(typed, Shapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && !zone.IsInvalidTime(local)
            ? new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime()
            : null;

    public static string Write(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString(Shapes[0], CultureInfo.InvariantCulture);
}
