using System.Globalization;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Api;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.History;

namespace TradeSense.Web.Api.V2;

/// <summary>A trader's accounts as they stand: rows from the database, figures from the desk's own pictures.</summary>
internal static class AccountsApi
{
    private const int UsualPage = 50, LargestPage = 200, LastPage = 10_000;

    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts", All);
        api.MapGet("/accounts/{id:guid}", One);
        api.MapGet("/accounts/{id:guid}/positions", Positions);
        api.MapGet("/accounts/{id:guid}/orders", Orders);
    }

    public static void MapHistory(this IEndpointRouteBuilder api) => api.MapGet("/accounts/{id:guid}/history", History);

    private static async Task<IResult> All(ApiScope scope, TraderAccounts accounts, CancellationToken ct)
    {
        var rows = await accounts.Of(scope.Grant.UserId, ct);
        return ApiAnswer.Of(new AccountListAnswer([.. rows.Where(row => scope.Grant.Reaches(row.Id)).Select(AccountAnswer.Of)]));
    }

    private static async Task<IResult> One(Guid id, ApiScope scope, TraderAccounts accounts, TradingDesk desk, JournalTail journal, ApiProblems problems, CancellationToken ct)
    {
        if (await Find(id, scope, accounts, ct) is not { } row) return problems.Of(TradingRefusal.UnknownAccount);

        // The journal's end first: what happens between the two is then in the stream, too, never in neither.
        var end = await journal.Head(scope.Grant.TenantId, id, ct);
        var view = await desk.View(new AccountId(id), ct);
        return ApiAnswer.Of(AccountAnswer.Of(row) with { Figures = view is null ? null : AccountFigures.Of(view), LastEventId = end.ToString(CultureInfo.InvariantCulture) });
    }

    private static Task<IResult> Positions(Guid id, HttpResponse response, ApiScope scope, TraderAccounts accounts, TradingDesk desk, ApiProblems problems, CancellationToken ct) =>
        Show(id, response, (scope, accounts, desk, problems), view => ApiAnswer.Of(
            new PositionListAnswer(view.AsOf, [.. view.Positions.Select(position => PositionAnswer.Of(position, view.State.Terms.Currency.MinorDigits))])), ct);

    private static Task<IResult> Orders(Guid id, HttpResponse response, ApiScope scope, TraderAccounts accounts, TradingDesk desk, ApiProblems problems, CancellationToken ct) =>
        Show(id, response, (scope, accounts, desk, problems), view => ApiAnswer.Of(new OrderListAnswer(view.AsOf, [.. view.Orders.Select(OrderAnswer.Of)])), ct);

    private static async Task<IResult> Show(
        Guid id, HttpResponse response, (ApiScope Scope, TraderAccounts Accounts, TradingDesk Desk, ApiProblems Problems) with, Func<AccountView, IResult> show, CancellationToken ct)
    {
        if (await Find(id, with.Scope, with.Accounts, ct) is null) return with.Problems.Of(TradingRefusal.UnknownAccount);
        return await with.Desk.View(new AccountId(id), ct) is { } view ? show(view) : with.Problems.Of(ApiRefusal.DeskAway, response);
    }

    private static async Task<IResult> History(
        Guid id, string? symbol, string? from, string? to, string? page, string? size, ApiScope scope, TraderAccounts accounts, TradeList trades, ApiProblems problems, CancellationToken ct)
    {
        if (await Find(id, scope, accounts, ct) is null) return problems.Of(TradingRefusal.UnknownAccount);
        if (symbol is not null && InstrumentCatalog.All.All(instrument => instrument.Symbol != symbol)) return problems.Of(TradingRefusal.UnknownInstrument);
        if (!Query.Day(from, out var first)) return problems.Of(Query.Wrong("from"));
        if (!Query.Day(to, out var last)) return problems.Of(Query.Wrong("to"));
        if (!Query.Whole(page, 1, LastPage, 1, out var number)) return problems.Of(Query.Wrong("page"));
        if (!Query.Whole(size, 1, LargestPage, UsualPage, out var count)) return problems.Of(Query.Wrong("size"));

        var found = await trades.Run(new TradeList.Filter(id, Symbol: symbol, From: first, To: last), number, count, ct);
        return ApiAnswer.Of(new TradeListAnswer([.. found.Rows.Select(TradeAnswer.Of)], number, count, found.Total, found.Net));
    }

    private static async Task<TraderAccounts.Row?> Find(Guid id, ApiScope scope, TraderAccounts accounts, CancellationToken ct) =>
        scope.Grant.Reaches(id) ? await accounts.Find(scope.Grant.UserId, id, ct) : null;
}

/// <summary>Reads a query's values exactly: digits, or a day as 2026-11-21. What is not there has its usual value.</summary>
internal static class Query
{
    public static Refusal Wrong(string parameter) => ApiRefusal.InvalidParameter with { Field = parameter };

    public static bool Whole(string? text, int least, int most, int otherwise, out int value)
    {
        value = otherwise;
        return text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most);
    }

    public static bool Day(string? text, out DateOnly? day)
    {
        day = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : null;
        return text is null || day is not null;
    }

    /// <summary>Only what is written: true or false; not there is false.</summary>
    public static bool Flag(string? text, out bool value)
    {
        value = text is "true";
        return text is null or "true" or "false";
    }
}
