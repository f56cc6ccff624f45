using System.Text;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Payouts;

/// <summary>
/// A trader asks for profit. The share is reserved in the ledger at once; the profit leaves the trading account right after this transaction
/// (<see cref="WithdrawProfit"/>), so that a crash between the two loses nothing and takes nothing twice.
/// </summary>
public sealed class RequestPayout(TradeSenseDb db, PayoutFactsReader facts, ReservePayout reserve, Vault vault, AuditTrail audit, TimeProvider clock)
{
    /// <param name="Amount">Of the profit, before the split; null for all that is available.</param>
    /// <param name="Key">Made by the page: the same key is the same payout.</param>
    public sealed record Request(Guid UserId, Guid AccountId, decimal? Amount, string? Holder, string? Destination, Guid Key);

    /// <summary>The payout's id.</summary>
    public async Task<Result<Guid>> Run(Request request, CancellationToken ct)
    {
        // Requests of one trader take turns: the second sees the first one's payout, and what is left of the month's limit.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"payout:{request.UserId}"}, 0))", ct);
        var earlier = await db.Set<Payout>().AsNoTracking().SingleOrDefaultAsync(row => row.UserId == request.UserId && row.IdempotencyKey == request.Key, ct);
        if (earlier is not null) return IsSame(earlier, request) ? earlier.Id : PayoutRefusal.KeyReused;

        if (await facts.Read(request.AccountId, request.UserId, ct) is not { } now) return PayoutRefusal.NoAccount;
        var sums = now.Sums(request.Amount);
        if (Check(request, now, sums) is { IsRefused: true } refused) return refused.Refusal!;

        var destination = BankDestination.Read(request.Holder, request.Destination);
        if (destination.IsRefused) return destination.Refusal;

        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var sealedNumber = await vault.Seal(Payout.VaultSubjectOf(request.UserId), Payout.VaultContextOf(id), Encoding.UTF8.GetBytes(destination.Value.Number), ct);
        var payout = await reserve.Run(id, now, sums, destination.Value, sealedNumber, request.Key, ct);
        await audit.Record("payout.requested", payout.Subject, new { payout.Number, Account = now.Account.Number, Profit = payout.Gross.ToString(), Share = payout.Share.ToString() }, ct);
        return payout.Id;
    }

    private static bool IsSame(Payout earlier, Request request) => earlier.AccountId == request.AccountId && (request.Amount is null || request.Amount == earlier.Profit);

    /// <summary>What time or the trader must bring first; then the amount, so that its refusal names a figure that would do.</summary>
    private static Result Check(Request request, PayoutFacts facts, PayoutSums sums)
    {
        if (request.Amount is { } amount && (amount <= 0 || amount != sums.Gross.Amount)) return PayoutRefusal.AmountInvalid;

        var missing = facts.Conditions(sums).Where(condition => !condition.IsMet).ToList();
        if (missing.Find(condition => !condition.IsAboutAmount) is { } first) return PayoutRefusal.Missing(first);
        if (sums.Gross > sums.Available) return PayoutRefusal.AboveAvailable.With(sums.Available.Amount, sums.Available.Currency.Code);
        return missing.Count > 0 ? PayoutRefusal.Missing(missing[0]) : Result.Ok;
    }
}
