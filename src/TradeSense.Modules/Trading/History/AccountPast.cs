using System.Globalization;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Trading.History;

/// <summary>
/// What an account's page tells of the past: curve, marks, days, newest trades. All of it follows from the journal and from the minutes' samples, so it is read again
/// only when the journal has grown or another minute has begun.
/// </summary>
public sealed class AccountPast(ReadModels models, EquityCurve curve, DayCalendar calendar, TradeList trades, TimeProvider clock)
{
    /// <summary>As many points as a chart of this width can show.</summary>
    private const int Points = 800;

    public sealed record Picture(IReadOnlyList<EquityCurve.Point> Curve, IReadOnlyList<EquityCurve.Mark> Marks, IReadOnlyList<DayCalendar.Day> Days, TradeList.Page NewestTrades);

    /// <param name="account">Read in this transaction: its journal's length is the version.</param>
    public Task<Picture> Read(TradingAccount account, int newest, CancellationToken ct)
    {
        var minute = account.EndedAt is null ? clock.GetUtcNow().Ticks / TimeSpan.TicksPerMinute : 0;
        return models.Get(account.Id, string.Create(CultureInfo.InvariantCulture, $"{account.JournalLength} {minute} {newest}"), async () => new Picture(
            await curve.Run(account, Points, ct), await curve.Marks(account.Id, ct), await calendar.Run(account.Id, ct), await trades.Run(new TradeList.Filter(account.Id), 1, newest, ct)));
    }
}
