using System.Text.Json;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>Everything one commit writes, gathered while a batch of inputs is applied.</summary>
internal sealed class ShardBatch(TimeProvider clock)
{
    private readonly ShardRows _rows = new();
    private readonly Dictionary<AccountSeat, PeakRaised> _peaks = [];

    public ShardRows Rows => _rows;

    /// <summary>Whether anything happened that somebody waits for; quotes without effect wait for the next quiet commit.</summary>
    public bool IsUrgent => _rows.Journal.Count > 0 || _rows.Commands.Count > 0 || _peaks.Count > 0;

    /// <summary>A fact goes into its account's journal, and from there into the tables people read.</summary>
    /// <param name="ofQuote">
    /// A quote made it. Of peaks that quotes raise one after another within a commit, with nothing else happening to the account in between, the last tells all: a trend
    /// writes one row a commit for an account, not one a quote.
    /// </param>
    public void Record(ShardState state, EngineEvent fact, bool ofQuote)
    {
        if (!state.Seats.TryGetValue(fact.Account, out var seat)) return;

        if (ofQuote && fact is PeakRaised peak)
        {
            _peaks[seat] = peak;
            return;
        }

        if (_peaks.Remove(seat, out var before)) Record(state, seat, before);
        Record(state, seat, fact);
    }

    /// <summary>The peaks that were raised since anything else happened to their accounts.</summary>
    public void RecordPeaks(ShardState state)
    {
        foreach (var (seat, peak) in _peaks) Record(state, seat, peak);
        _peaks.Clear();
    }

    private void Record(ShardState state, AccountSeat seat, EngineEvent fact)
    {
        var (kind, body) = EventText.Write(fact);
        seat.JournalLength++;
        seat.JournalHead = JournalEntry.HashOf(seat.JournalHead, seat.Id.Value, seat.JournalLength, kind, body);
        _rows.Journal.Add(seat.TenantId, seat.Id.Value, seat.JournalLength, fact.At, kind, body, seat.JournalHead);

        switch (fact)
        {
            case AccountOpened: seat.Opening = ++state.Openings; Tell(seat, "trading.account_opened", new { AccountId = seat.Id, seat.ChallengeId, fact.At }); break;
            case PositionOpened opened: seat.OpeningCommission[opened.Position] = seat.OpeningCommission.GetValueOrDefault(opened.Position) + opened.Commission; break;
            case PositionClosed closed: AddTrade(seat, closed); break;
            case DayStarted day:
                _rows.Days.Add(seat.TenantId, seat.Id.Value, day.TradingDay, day.At, day.PreviousDay, day.Balance, day.Equity, day.DayProfit, day.TradedPreviousDay,
                    day.Anchor, day.DailyFloor, day.Peak, day.OverallFloor, day.MarginHigh);
                break;
            case AccountFailed failed:
                AddBreach(seat, failed.Breach, failed.Evidence, BreachEffect.Fail);
                Tell(seat, "trading.account_failed", new { AccountId = seat.Id, seat.ChallengeId, failed.Breach });
                break;
            case AccountPaused paused:
                AddBreach(seat, paused.Breach, paused.Evidence, BreachEffect.Pause);
                Tell(seat, "trading.account_paused", new { AccountId = seat.Id, seat.ChallengeId, paused.Breach });
                break;
            case AccountResumed: Tell(seat, "trading.account_resumed", new { AccountId = seat.Id, seat.ChallengeId, fact.At }); break;
            case AccountCredited credited:
                Tell(seat, "trading.account_credited", new { AccountId = seat.Id, seat.ChallengeId, credited.At, credited.ClientId, credited.Amount, credited.Balance });
                break;
            case AccountReinstated again:
                Tell(seat, "trading.account_reinstated", new { AccountId = seat.Id, seat.ChallengeId, again.At, again.ClientId, again.Balance, again.Correction });
                break;
            case PhasePassed passed:
                Tell(seat, "trading.phase_passed", new { AccountId = seat.Id, seat.ChallengeId, passed.At, passed.Balance, passed.TradingDays });
                break;
            case AccountClosed closed: Tell(seat, "trading.account_closed", new { AccountId = seat.Id, seat.ChallengeId, closed.At, closed.Reason, closed.Balance }); break;
            case PayoutWithdrawn payout:
                Tell(seat, "trading.payout_withdrawn", new { AccountId = seat.Id, seat.ChallengeId, payout.At, payout.ClientId, payout.Amount, payout.Balance });
                break;
            case PayoutReturned returned:
                Tell(seat, "trading.payout_returned", new { AccountId = seat.Id, seat.ChallengeId, returned.At, returned.ClientId, returned.Amount, returned.Balance });
                break;
        }
    }

    /// <summary>The first outcome of a client id, by reference to the journal entries it came with.</summary>
    public void Remember(AccountSeat seat, AccountCommand command, byte[] contentHash, CommandOutcome outcome, int entries)
    {
        var refused = outcome is CommandOutcome.Refused refusal ? refusal.Reason.ToString() : null;
        _rows.Commands.Add(seat.TenantId, seat.Id.Value, command.ClientId, contentHash, command.At, refused, seat.JournalLength - entries + 1, entries);
    }

    /// <summary>The account's row and positions as they stand now, where they differ from what was written.</summary>
    public void Project(AccountSeat seat, AccountState account, DateTimeOffset now)
    {
        var isEnded = account.Status is AccountStatus.Failed or AccountStatus.Passed or AccountStatus.Closed;
        _rows.Accounts.Add(seat.TenantId, seat.Id.Value, account.Status.ToString(), account.OpenedAt, account.Balance, account.TradingDay, account.DailyAnchor, account.DailyFloor,
            account.Peak, account.OverallFloor, account.FloorLifted, account.DayStartBalance, account.TradingDays, account.TradedToday, account.BestDayProfit,
            account.PaidOut, account.LastActivityAt, account.LastPositionNumber, account.Breach is { } breach ? JsonSerializer.Serialize(breach, Json.Options) : null,
            isEnded ? now : null, seat.JournalLength, seat.JournalHead, seat.Opening, account.LastOrderNumber, account.DayMarginHigh, account.TradesToday,
            account.UncountedProfit);

        var open = account.Positions.ToDictionary(position => position.Number);
        foreach (var gone in seat.Written.Keys.Where(number => !open.ContainsKey(number)).ToArray())
        {
            _rows.ClosedPositions.Add(seat.TenantId, seat.Id.Value, gone.Value);
            seat.Written.Remove(gone);
            seat.OpeningCommission.Remove(gone);
        }

        foreach (var position in account.Positions)
        {
            if (seat.Written.TryGetValue(position.Number, out var written) && position.IsStoredAs(written) && position.HasSameHighs(written)) continue;
            _rows.Positions.Add(seat.TenantId, seat.Id.Value, position.Number.Value, position.Symbol, position.Side.ToString(), position.Lots.Value, position.OpenPrice.Value,
                position.OpenedAt, position.StopLoss?.Value, position.TakeProfit?.Value, position.CommissionPaid, position.SwapPaid, position.OrderId,
                Text(position.Guards), position.Worst?.Value, position.Best?.Value, position.MarginHigh);
            seat.Written[position.Number] = position;
        }

        if (account.Orders.Count > 0 || seat.WrittenOrders.Count > 0) ProjectOrders(seat, account);
    }

    private void ProjectOrders(AccountSeat seat, AccountState account)
    {
        var waiting = account.Orders.Select(order => order.Number).ToHashSet();
        foreach (var gone in seat.WrittenOrders.Keys.Where(number => !waiting.Contains(number)).ToArray())
        {
            _rows.GoneOrders.Add(seat.TenantId, seat.Id.Value, gone.Value);
            seat.WrittenOrders.Remove(gone);
        }

        foreach (var order in account.Orders)
        {
            if (seat.WrittenOrders.TryGetValue(order.Number, out var written) && written == order) continue;
            _rows.Orders.Add(seat.TenantId, seat.Id.Value, order.Number.Value, order.Group.Value, order.Bond.ToString(), order.OrderId, order.Symbol, order.Side.ToString(), order.Lots.Value,
                order.Kind.ToString(), order.Price.Value, order.LimitPrice?.Value, order.IsTriggered, order.StopLoss?.Value, order.TakeProfit?.Value, Text(order.Guards),
                order.Expiry.Kind.ToString(), order.Expiry.Until, order.ExpiresAt, order.PlacedAt);
            seat.WrittenOrders[order.Number] = order;
        }
    }

    private static string? Text(PositionGuards? guards) => guards is null ? null : JsonSerializer.Serialize(guards, Json.Options);

    public void Sample(AccountSeat seat, AccountView view, DateTimeOffset at) =>
        _rows.Samples.Add(seat.TenantId, seat.Id.Value, at, view.State.Balance, view.Equity, view.State.DailyFloor, view.State.OverallFloor);

    public void Keep(int shard, Quote quote) => _rows.Quotes.Add(shard, quote.Symbol, quote.At, quote.Bid.Value, quote.Ask.Value);

    /// <summary>The opening's commission is carried by the trades in proportion to their lots; the last one takes what is left.</summary>
    /// <summary>The opening commission is split over partial closes as the engine splits it, so that a trade reads the same before and after a restart.</summary>
    private void AddTrade(AccountSeat seat, PositionClosed closed)
    {
        var left = seat.OpeningCommission.GetValueOrDefault(closed.Position);
        var share = closed.LotsLeft.Value == 0 ? left : decimal.Round(left * closed.Lots.Value / (closed.Lots.Value + closed.LotsLeft.Value), seat.Terms.Currency.MinorDigits, MidpointRounding.AwayFromZero);
        seat.OpeningCommission[closed.Position] = left - share;
        _rows.Trades.Add(seat.TenantId, Guid.CreateVersion7(clock.GetUtcNow()), seat.Id.Value, seat.UserId, closed.Position.Value, closed.Symbol, closed.Side.ToString(), closed.Lots.Value,
            closed.OpenPrice.Value, closed.OpenedAt, closed.Price.Value, closed.At, closed.Profit, closed.Commission + share, closed.Swap, closed.Balance,
            TradingDayClock.LabelOf(seat.Terms.TradingDay, closed.At), closed.Reason.ToString(), closed.Worst?.Value, closed.Best?.Value, closed.WorstProfit, closed.BestProfit,
            closed.MarginHigh, closed.Uncounted);
    }

    private void AddBreach(AccountSeat seat, Breach breach, BreachEvidence evidence, BreachEffect effect)
    {
        _rows.Breaches.Add(seat.TenantId, Guid.CreateVersion7(clock.GetUtcNow()), seat.Id.Value, seat.ChallengeId, seat.UserId, breach.Rule.ToString(), effect.ToString(), breach.Floor,
            breach.Equity, breach.At, TermsHash.Of(seat.Terms), seat.JournalLength, JsonSerializer.Serialize(evidence, Json.Options), EngineBuild.Version);
    }

    /// <summary>The journal's sequence makes the key: the same fact is told once, whatever is repeated.</summary>
    private void Tell(AccountSeat seat, string kind, object payload)
    {
        var now = clock.GetUtcNow();
        _rows.Messages.Add(seat.TenantId, Guid.CreateVersion7(now), kind, $"{seat.Id}:{seat.JournalLength}", JsonSerializer.Serialize(payload, Json.Options), now);
    }
}

internal static class EngineBuild
{
    /// <summary>The engine assembly's version and the hash of its compiled content: two builds from the same source have the same.</summary>
    public static string Version { get; } =
        $"{typeof(Engine.TradingEngine).Assembly.GetName().Version}-{typeof(Engine.TradingEngine).Module.ModuleVersionId:N}";
}
