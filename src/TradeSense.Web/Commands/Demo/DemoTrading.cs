using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Web.Commands.Demo;

/// <summary>How the invented people trade: now and then, with a stop and a target, each with an appetite of their own. The engine decides what becomes of it.</summary>
internal sealed class DemoTrading(IServiceProvider services, Tenant brand, PastClock clock, Random dice)
{
    private const int MostPositions = 3;

    private readonly TradingDesk _desk = services.GetRequiredService<TradingDesk>();
    private readonly Dictionary<Guid, Habit> _habits = [];
    private readonly HashSet<Guid> _ended = [];
    private int _orders;

    public int Orders => _orders;
    public int Accounts => _habits.Count;

    /// <summary>Everyone whose next moment has come acts, all in one batch of the engine.</summary>
    public async Task Act(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now.Minute == 0) await FindAccounts(ct);

        var acting = _habits.Where(pair => pair.Value.NextAt <= now).ToList();
        var wishes = acting.Select(pair => (pair.Key, Dice: Roll(pair.Value, now))).ToList();
        await Task.WhenAll(wishes.Select(wish => Act(wish.Key, wish.Dice, now, ct)));
    }

    public async Task CloseEverything(CancellationToken ct) =>
        await Task.WhenAll(_habits.Keys.Select(id => _desk.Send(new CloseAllPositions(clock.GetUtcNow(), new AccountId(id), $"demo-end-{clock.GetUtcNow().UtcTicks}"), ct)));

    private async Task FindAccounts(CancellationToken ct)
    {
        var running = await services.GetRequiredService<TenantScope>().Run(brand, scoped => scoped.GetRequiredService<TradeSenseDb>().Set<TradingAccount>().AsNoTracking()
            .Where(account => account.Status == TradingAccountStatus.Active && account.ShardApart == DeskApart.FirstNumber).Select(account => account.Id).ToListAsync(ct), ct);
        foreach (var id in running.Where(id => !_ended.Contains(id))) _habits.TryAdd(id, new Habit(dice, clock.GetUtcNow()));
    }

    /// <summary>Dice are rolled one after another, so that a seed gives the same days however the tasks run.</summary>
    private Wish Roll(Habit habit, DateTimeOffset now)
    {
        habit.NextAt = now + TimeSpan.FromMinutes(20 + 400 * dice.NextDouble() * dice.NextDouble());
        return new Wish(
            InstrumentCatalog.All[dice.Next(InstrumentCatalog.All.Count)], dice.Next(2) == 0 ? Side.Buy : Side.Sell, (decimal)(0.0012 + 0.005 * dice.NextDouble()),
            (decimal)(0.6 + 2.4 * dice.NextDouble()), habit.RiskPercent, dice.Next(4) == 0);
    }

    private async Task Act(Guid id, Wish wish, DateTimeOffset now, CancellationToken ct)
    {
        var account = new AccountId(id);
        if (await _desk.View(account, ct) is not { } view) return;
        if (view.State.Status is not (AccountStatus.Active or AccountStatus.Paused))
        {
            Forget(id);
            return;
        }

        var key = $"demo-{now.UtcTicks}";
        if (view.Positions.Count >= MostPositions || (wish.Closes && view.Positions.Count > 0))
            await _desk.Send(new ClosePosition(now, account, key, view.Positions[0].State.Number, null), ct);
        else if (MarketHours.IsOpen(wish.Instrument.Session, now))
            await Open(account, view, wish, key, now, ct);
    }

    private async Task Open(AccountId account, AccountView view, Wish wish, string key, DateTimeOffset now, CancellationToken ct)
    {
        var (symbol, digits) = (wish.Instrument.Symbol, wish.Instrument.Digits);
        if (await _desk.Estimate(account, new OrderSketch(symbol, wish.Side, wish.Instrument.MinimumLots, null, null), ct) is not { } look) return;

        var distance = look.Opening.Value * wish.StopDistance * (wish.Instrument.Session is Session.Always ? 3 : 1);
        var sign = wish.Side is Side.Buy ? 1 : -1;
        Price At(decimal away) => new(decimal.Round(look.Opening.Value + away, digits, MidpointRounding.AwayFromZero));
        var (stop, target) = (At(-sign * distance), At(sign * distance * wish.Reward));
        var risk = new Percent(wish.RiskPercent).Of(view.Equity);
        if (await _desk.Estimate(account, new OrderSketch(symbol, wish.Side, null, risk, stop), ct) is not { Lots.Value: > 0 } sized) return;

        await _desk.Send(new MarketOrder(now, account, key, symbol, wish.Side, sized.Lots, stop, target), ct);
        Interlocked.Increment(ref _orders);
    }

    private void Forget(Guid account)
    {
        lock (_habits)
        {
            _habits.Remove(account);
            _ended.Add(account);
        }
    }

    private sealed record Wish(Instrument Instrument, Side Side, decimal StopDistance, decimal Reward, decimal RiskPercent, bool Closes);

    /// <summary>What one account's holder is like: most are careful, some are not.</summary>
    private sealed class Habit(Random dice, DateTimeOffset now)
    {
        public decimal RiskPercent { get; } = (decimal)(0.25 + 2.5 * dice.NextDouble() * dice.NextDouble());
        public DateTimeOffset NextAt { get; set; } = now.AddMinutes(dice.Next(300));
    }
}
