using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Analytics;

/// <summary>Running accounts by how little room they have left: equity at the current quotes against the nearer floor, as a share of what the rule allows.</summary>
public sealed class FloorWatch(TradeSenseDb db, TradingDesk desk)
{
    /// <summary>Under this share of its allowance an account is near a floor.</summary>
    public const decimal NearShare = 0.2m;

    /// <summary>An engine that does not answer within this time must not keep a page waiting.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="Share">Room ÷ allowance, zero or below at the floor.</param>
    /// <param name="IsLive">The equity is the engine's; otherwise it is the last committed balance.</param>
    public sealed record Row(Guid AccountId, long Number, string UserName, string PhaseName, Money Equity, LossRule Rule, Money Floor, Money Room, decimal Share, bool IsLive);

    private sealed record Candidate(
        Guid Id, long Number, string UserName, string PhaseName, Currency Currency, decimal Balance, decimal? DailyAnchor, decimal? DailyFloor, decimal? Peak, decimal? OverallFloor, bool HasPositions);

    /// <summary>The accounts near a floor, the nearest first.</summary>
    public async Task<IReadOnlyList<Row>> Near(CancellationToken ct)
    {
        var candidates = await (
            from account in db.Set<TradingAccount>().AsNoTracking()
            join user in db.Set<User>() on account.UserId equals user.Id
            where account.Status == TradingAccountStatus.Active || account.Status == TradingAccountStatus.Paused
            select new Candidate(
                account.Id, account.Number, user.UserName, account.PhaseName, account.Currency, account.Balance, account.DailyAnchor, account.DailyFloor, account.Peak, account.OverallFloor,
                db.Set<OpenPosition>().Any(position => position.AccountId == account.Id))).ToListAsync(ct);

        var equities = await Equities([.. candidates.Where(candidate => candidate.HasPositions).Select(candidate => candidate.Id)], ct);
        return
        [
            .. candidates.Select(candidate => Judge(candidate, equities)).OfType<Row>()
                .Where(row => row.Share < NearShare).OrderBy(row => row.Share).ThenBy(row => row.Number),
        ];
    }

    private async Task<IReadOnlyDictionary<Guid, decimal>> Equities(IReadOnlyList<Guid> accounts, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            var views = await Task.WhenAll(accounts.Select(account => desk.View(new AccountId(account), patience.Token)));
            return views.OfType<AccountView>().ToDictionary(view => view.State.Id.Value, view => view.Equity);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The shard is being taken over; the rows say that they are not live.
            return new Dictionary<Guid, decimal>();
        }
    }

    private static Row? Judge(Candidate account, IReadOnlyDictionary<Guid, decimal> equities)
    {
        var isLive = !account.HasPositions || equities.ContainsKey(account.Id);
        var equity = equities.TryGetValue(account.Id, out var live) ? live : account.Balance;
        var nearest = Rules(account).Where(rule => rule.Allowance > 0)
            .Select(rule => (rule.Rule, rule.Floor, Share: (equity - rule.Floor) / rule.Allowance)).OrderBy(rule => rule.Share).FirstOrDefault();
        if (nearest == default) return null;

        Money Of(decimal exact) => Money.Rounded(exact, account.Currency, MidpointRounding.ToZero);
        return new Row(
            account.Id, account.Number, account.UserName, account.PhaseName, Of(equity), nearest.Rule, Of(nearest.Floor), Of(equity - nearest.Floor), nearest.Share, isLive);
    }

    /// <summary>Each rule's floor and what it allows: from the day's anchor, or from the peak (the initial balance when the floor does not trail).</summary>
    private static IEnumerable<(LossRule Rule, decimal Floor, decimal Allowance)> Rules(Candidate account)
    {
        if (account.DailyFloor is { } daily && account.DailyAnchor is { } anchor) yield return (LossRule.DailyLoss, daily, anchor - daily);
        if (account.OverallFloor is { } overall && account.Peak is { } peak) yield return (LossRule.OverallLoss, overall, peak - overall);
    }
}
