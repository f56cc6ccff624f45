using TradeSense.Modules.Challenges;
using TradeSense.Modules.Challenges.Scaling;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.History;
using TradeSense.Web.Pages.Trader.Terminal;

namespace TradeSense.Web.Pages.Trader.Accounts;

/// <summary>Everything the account page shows, for the trader and, read-only, for the firm's staff.</summary>
public sealed class AccountScreen(ChallengeDetail challenges, AccountPast past, ScalingProgress scaling, AccountNow now, CurrentTenant tenant)
{
    public const int TradesShown = 25;

    /// <param name="Objectives">Null only in the moment before the engine has opened the account.</param>
    /// <param name="Scaling">Null where the account does not grow, or has ended.</param>
    /// <param name="Chart">Like the calendar put together when it is shown: mostly the page is kept.</param>
    public sealed record Screen(
        AccountPicture.Picture Picture, ChallengeDetail.Picture Challenge, Objectives? Objectives, PositionTable Positions, Lazy<EquityChart> Chart, Lazy<CalendarMonth> Calendar, TradeList.Page NewestTrades,
        ScalingProgress.Picture? Scaling);

    /// <summary>What no quote changes.</summary>
    public sealed record Parts(ChallengeDetail.Picture Challenge, AccountPast.Picture Past, ScalingProgress.Picture? Scaling);

    public async Task<Screen> Read(AccountPicture.Picture picture, DateOnly? month, CancellationToken ct) => Of(picture, await ReadParts(picture.Account, ct), month);

    public async Task<Parts> ReadParts(TradingAccount account, CancellationToken ct) => new(
        await challenges.Read(account.ChallengeId, account.PhaseIndex, null, tenant.Value.CultureInfo, ct) ?? throw new InvalidOperationException($"Account {account.Id} belongs to no challenge."),
        await past.Read(account, TradesShown, ct), account.IsRunning ? await scaling.Of(account, ct) : null);

    public Screen Of(AccountPicture.Picture picture, Parts parts, DateOnly? month)
    {
        var (account, (points, marks, days, newest)) = (picture.Account, parts.Past);
        var shown = month ?? (days.Count > 0 ? days[^1].Date : DateOnly.FromDateTime(picture.ReadAt.UtcDateTime));
        return new Screen(
            picture, parts.Challenge, now.Objectives(picture), now.Positions(picture),
            new(() => new EquityChart($"equity-{account.Id}", tenant.Value.Culture, account.Currency.Code, WithNow(points, picture), marks)),
            new(() => new CalendarMonth(new DateOnly(shown.Year, shown.Month, 1), account.Currency, days.ToDictionary(day => day.Date))), newest, parts.Scaling);
    }

    /// <summary>The curve goes on to the instant of the page; where its opening does not know the floors, those of now hold since.</summary>
    private static IReadOnlyList<EquityCurve.Point> WithNow(IReadOnlyList<EquityCurve.Point> points, AccountPicture.Picture picture)
    {
        if (picture.View is not { } view || points.Count == 0 || view.AsOf <= points[^1].At || picture.Account.EndedAt is not null) return points;

        var (daily, overall) = (view.State.DailyFloor, view.State.OverallFloor);
        return
        [
            .. points.Select(point => point with { DailyFloor = point.DailyFloor ?? daily, OverallFloor = point.OverallFloor ?? overall }),
            new EquityCurve.Point(view.AsOf, view.State.Balance, view.Equity, daily, overall),
        ];
    }
}
