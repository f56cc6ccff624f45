using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Kyc;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Payments;
using TradeSense.Modules.Payouts;
using TradeSense.Modules.Risk;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Analytics;

/// <summary>What the firm's people see first: what needs a person now, money, accounts, risk. Every figure is the size of a list that can be opened.</summary>
public sealed class FirmOverview(TradeSenseDb db, CurrentTenant tenant, LedgerOverview ledger, PayoutQueue payouts, FloorWatch floors, TimeProvider clock)
{
    /// <param name="Payouts">Null, as <paramref name="Money"/> and <paramref name="HeldPayments"/>, for roles that see no money: it is not even read.</param>
    /// <param name="HeldPayments">Payments that came but do not fit their order.</param>
    public sealed record Picture(
        Waiting Kyc, PayoutQueue.Clock? Payouts, int? HeldPayments, LedgerOverview.Figures? Money, IReadOnlyList<PhaseCount> Phases, int Running, int BreachesToday, DateTimeOffset DayStartedAt,
        IReadOnlyList<FloorWatch.Row> NearFloor, IReadOnlyList<SymbolLots> Exposure, DateTimeOffset AsOf);

    /// <param name="Oldest">Since when the longest waiting one waits.</param>
    public sealed record Waiting(int Count, DateTimeOffset? Oldest);

    public sealed record PhaseCount(string Phase, int Accounts);

    /// <summary>Lots open over all accounts of the firm, both sides apart: they do not cancel out for the traders.</summary>
    public sealed record SymbolLots(string Symbol, decimal Long, decimal Short, int Accounts)
    {
        public decimal Net => Long - Short;
    }

    public async Task<Picture> Read(bool withMoney, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var dayStart = DayStart(now);
        var waiting = await db.Set<KycCase>().Where(kyc => kyc.Status == KycStatus.Submitted).GroupBy(_ => 1)
            .Select(all => new Waiting(all.Count(), all.Min(kyc => (DateTimeOffset?)kyc.SubmittedAt))).SingleOrDefaultAsync(ct);
        var phases = await db.Set<TradingAccount>().Where(AccountList.IsRunning).GroupBy(account => new { account.PhaseIndex, account.PhaseName })
            .Select(phase => new { phase.Key.PhaseIndex, phase.Key.PhaseName, Accounts = phase.Count() }).ToListAsync(ct);
        return new Picture(
            waiting ?? new Waiting(0, null),
            withMoney ? await payouts.Clocks(ct) : null,
            withMoney ? await db.Set<HeldPayment>().CountAsync(held => held.Status == HeldStatus.Held, ct) : null,
            withMoney ? await ledger.Read(ct) : null,
            [.. phases.GroupBy(phase => phase.PhaseName).OrderBy(phase => phase.Min(row => row.PhaseIndex)).ThenBy(phase => phase.Key, StringComparer.Ordinal).Select(phase => new PhaseCount(phase.Key, phase.Sum(row => row.Accounts)))],
            phases.Sum(phase => phase.Accounts),
            await db.Set<BreachReceipt>().Where(breach => breach.At >= dayStart).Select(breach => breach.AccountId).Distinct().CountAsync(ct), dayStart,
            await floors.Near(ct), await Exposure(ct), now);
    }

    /// <summary>The firm's own trading day; models may have others, but a list needs one.</summary>
    private DateTimeOffset DayStart(DateTimeOffset now) => TradingDayClock.StartOf(tenant.Value.TradingDay, TradingDayClock.LabelOf(tenant.Value.TradingDay, now));

    private async Task<IReadOnlyList<SymbolLots>> Exposure(CancellationToken ct)
    {
        var sides = await db.Set<OpenPosition>().GroupBy(position => new { position.Symbol, position.Side })
            .Select(side => new { side.Key.Symbol, side.Key.Side, Lots = side.Sum(position => position.Lots) }).ToListAsync(ct);
        var accounts = await db.Set<OpenPosition>().Select(position => new { position.Symbol, position.AccountId }).Distinct().GroupBy(row => row.Symbol)
            .Select(symbol => new { Symbol = symbol.Key, Count = symbol.Count() }).ToDictionaryAsync(row => row.Symbol, row => row.Count, ct);
        return
        [
            .. sides.GroupBy(side => side.Symbol)
                .Select(symbol => new SymbolLots(
                    symbol.Key, symbol.Where(side => side.Side is Side.Buy).Sum(side => side.Lots), symbol.Where(side => side.Side is Side.Sell).Sum(side => side.Lots), accounts.GetValueOrDefault(symbol.Key)))
                .OrderByDescending(symbol => Math.Max(symbol.Long, symbol.Short)),
        ];
    }
}
