using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules;
using TradeSense.Modules.Trading;

namespace TradeSense.Web.Api.V2;

/// <summary>A refusal as the API tells it: problem details with the stable code, and the status that belongs to it.</summary>
internal sealed class ApiProblems(Refusals words)
{
    /// <summary>Everything that is not listed was understood and refused: 422.</summary>
    private static readonly Dictionary<string, int> Statuses = Group(
        (StatusCodes.Status400BadRequest, [ApiRefusal.MalformedJson, ApiRefusal.InvalidParameter, TradingRefusal.InvalidClientId]),
        (StatusCodes.Status401Unauthorized, [ApiRefusal.KeyMissing, ApiRefusal.KeyInvalid]),
        (StatusCodes.Status403Forbidden, [ApiRefusal.ScopeMissing]),
        (StatusCodes.Status404NotFound, [TradingRefusal.UnknownAccount, TradingRefusal.UnknownPosition, TradingRefusal.UnknownOrder, ApiRefusal.UnknownCommand]),
        (StatusCodes.Status413PayloadTooLarge, [ApiRefusal.BodyTooLarge]),
        (StatusCodes.Status415UnsupportedMediaType, [ApiRefusal.NotJson]),
        (StatusCodes.Status429TooManyRequests, [ApiRefusal.TooManyRequests, ApiRefusal.TooManyBadKeys, ApiRefusal.TooManyStreams]),
        (StatusCodes.Status503ServiceUnavailable, [TradingRefusal.Busy, ApiRefusal.DeskAway]),
        (StatusCodes.Status504GatewayTimeout, [TradingRefusal.OutcomeUnknown]));

    public static int StatusOf(Refusal refusal) => Statuses.GetValueOrDefault(refusal.Code, StatusCodes.Status422UnprocessableEntity);

    public string Text(Refusal refusal) => words.Text(refusal, System.Globalization.CultureInfo.InvariantCulture);

    public ProblemHttpResult Of(Refusal refusal)
    {
        var problem = new ProblemDetails { Status = StatusOf(refusal), Title = Text(refusal), Extensions = { ["code"] = refusal.Code } };
        if (refusal.Field is { } field) problem.Extensions["field"] = FieldOf(field);
        return TypedResults.Problem(problem);
    }

    /// <summary>With a second to wait where nothing was done and the same request may soon succeed.</summary>
    public IResult Of(Refusal refusal, HttpResponse response)
    {
        if (StatusOf(refusal) is StatusCodes.Status503ServiceUnavailable) response.Headers.RetryAfter = "1";
        return Of(refusal);
    }

    /// <summary><c>Legs[0].StopLoss</c> → <c>legs[0].stopLoss</c>.</summary>
    private static string FieldOf(string field) =>
        string.Join('.', field.Split('.').Select(part => part.Length > 0 ? char.ToLowerInvariant(part[0]) + part[1..] : part));

    private static Dictionary<string, int> Group(params (int Status, Refusal[] Refusals)[] groups) =>
        groups.SelectMany(group => group.Refusals.Select(refusal => (refusal.Code, group.Status))).ToDictionary(pair => pair.Code, pair => pair.Status, StringComparer.Ordinal);
}
