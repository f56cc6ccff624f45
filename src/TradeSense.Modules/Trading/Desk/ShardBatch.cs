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
        _rows.Journal.Add(new(seat, fact.At, kind, body));

        switch (fact)
        {
            case AccountOpened: seat.Opening = ++state.Openings; Tell(seat, "trading.account_opened", new { AccountId = seat.Id, seat.ChallengeId, fact.At }); break;
            case PositionOpened opened: seat.Commissions.Add(opened.Position, opened.Commission); break;
            case PositionClosed closed: AddTrade(seat, closed); break;
            case DayStarted day: _rows.Days.Add(new(seat, day)); break;
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
            case AccountScaled scaled:
                Tell(seat, "trading.account_scaled", new { AccountId = seat.Id, seat.ChallengeId, scaled.At, scaled.ClientId, scaled.Size, scaled.Growth, scaled.Balance });
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
        _rows.Commands.Add(new(seat, command.ClientId, contentHash, command.At, refused, seat.JournalLength - entries + 1, entries));
    }

    /// <summary>The account's row as it stands now, and what of its positions and orders differs from what was written.</summary>
    public void Project(AccountSeat seat, AccountChange change, DateTimeOffset now)
    {
        var account = change.State;
        var isEnded = account.Status is AccountStatus.Failed or AccountStatus.Passed or AccountStatus.Closed;
        _rows.Accounts.Add(new(seat, account, account.Breach is { } breach ? JsonSerializer.Serialize(breach, Json.Options) : null, isEnded ? now : null));
        seat.IsHolding = change.IsHolding;
        foreach (var gone in change.Gone) _rows.ClosedPositions.Add(new(seat, gone.Value));
        foreach (var position in account.Positions) _rows.Positions.Add(new(seat, position, Text(position.Guards)));
        if (account.Orders.Count > 0 || seat.WrittenOrders is { Count: > 0 }) ProjectOrders(seat, account);
    }

    private void ProjectOrders(AccountSeat seat, AccountState account)
    {
        var waiting = account.Orders.Select(order => order.Number).ToHashSet();
        var written = seat.WrittenOrders ??= [];
        foreach (var gone in written.Keys.Where(number => !waiting.Contains(number)).ToArray())
        {
            _rows.GoneOrders.Add(new(seat, gone.Value));
            written.Remove(gone);
        }

        foreach (var order in account.Orders)
        {
            if (written.TryGetValue(order.Number, out var before) && before == order) continue;
            _rows.Orders.Add(new(seat, order, Text(order.Guards)));
            written[order.Number] = order;
        }
    }

    private static string? Text(PositionGuards? guards) => guards is null ? null : JsonSerializer.Serialize(guards, Json.Options);

    public void Sample(AccountSeat seat, EquityPoint point, DateTimeOffset at) => _rows.Samples.Add(new(seat, at, point));

    public void Keep(int shard, Quote quote) => _rows.Quotes.Add(new(shard, quote));

    private void AddTrade(AccountSeat seat, PositionClosed closed)
    {
        var share = seat.Commissions.Take(closed.Position, closed.Lots, closed.LotsLeft, seat.Terms.Currency.MinorDigits);
        _rows.Trades.Add(new(seat, Guid.CreateVersion7(clock.GetUtcNow()), closed, closed.Commission + share, TradingDayClock.LabelOf(seat.Terms.TradingDay, closed.At)));
    }

    private void AddBreach(AccountSeat seat, Breach breach, BreachEvidence evidence, BreachEffect effect) =>
        _rows.Breaches.Add(new(seat, Guid.CreateVersion7(clock.GetUtcNow()), breach, effect, TermsHash.Of(seat.Terms), JsonSerializer.Serialize(evidence, Json.Options)));

    /// <summary>The journal's sequence makes the key: the same fact is told once, whatever is repeated.</summary>
    private void Tell(AccountSeat seat, string kind, object payload)
    {
        var now = clock.GetUtcNow();
        _rows.Messages.Add(new(seat.TenantId, Guid.CreateVersion7(now), kind, $"{seat.Id}:{seat.JournalLength}", JsonSerializer.Serialize(payload, Json.Options), now));
    }
}

internal static class EngineBuild
{
    /// <summary>The engine assembly's version and the hash of its compiled content: two builds from the same source have the same.</summary>
    public static string Version { get; } =
        $"{typeof(Engine.TradingEngine).Assembly.GetName().Version}-{typeof(Engine.TradingEngine).Module.ModuleVersionId:N}";
}
