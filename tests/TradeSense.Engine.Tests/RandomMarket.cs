using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Tests;

/// <summary>A seeded stream of inputs that is meant to hurt: many kinds of rules and currencies, big positions, jumps, weekends, nonsense orders.</summary>
internal sealed partial class RandomMarket(int seed)
{
    private static readonly (string Symbol, decimal Price)[] Symbols =
        [("EURUSD", 1.1m), ("GBPUSD", 1.3m), ("USDJPY", 150m), ("EURJPY", 165m), ("USDCHF", 0.9m), ("XAUUSD", 1900m), ("BTCUSD", 60000m)];

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, long> _pointsOfMid = [];
    private readonly List<AccountId> _accounts = [];
    private readonly Dictionary<AccountId, Money> _sizes = [];
    private DateTimeOffset _at = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private int _commands;

    public IReadOnlyList<AccountId> Accounts => _accounts;

    public IEnumerable<EngineInput> Inputs(int count)
    {
        foreach (var (symbol, _) in Symbols) yield return Quote(symbol);
        for (var i = 0; i < 24; i++) yield return NewAccount();
        for (var i = 0; i < count; i++)
        {
            _at += _random.Next(400) == 0 ? TimeSpan.FromHours(_random.Next(1, 60)) : TimeSpan.FromMilliseconds(_random.Next(0, 30_000));
            yield return _random.Next(100) switch
            {
                < 80 => Quote(Symbols[_random.Next(Symbols.Length)].Symbol),
                < 81 => _random.Next(4) == 0
                    ? new NewsInput(_at, [.. Enumerable.Range(0, 3).Select(_ => new NewsEvent(_at.AddMinutes(_random.Next(-30, 240)), Pick("USD", "EUR", "JPY")))])
                    : new ClockInput(_at),
                < 82 => NewAccount(),
                _ => Command(),
            };
        }
    }

    private QuoteInput Quote(string symbol)
    {
        var instrument = InstrumentCatalog.All.First(i => i.Symbol == symbol);
        var digit = 1m;
        for (var d = 0; d < instrument.QuoteDigits; d++) digit /= 10m;
        var start = Symbols.First(s => s.Symbol == symbol).Price;
        var mid = _pointsOfMid.GetValueOrDefault(symbol, (long)(start / digit));
        var step = Math.Max(1, mid / 20_000);
        mid = Math.Max(1000, mid + _random.NextInt64(-step, step + 1) * (_random.Next(200) == 0 ? 60 : 1));
        _pointsOfMid[symbol] = mid;
        var spread = _random.NextInt64(0, 1 + mid / 10_000);
        return new QuoteInput(new Quote(_at, symbol, new Price((mid - spread) * digit), new Price((mid + spread) * digit)));
    }

    private OpenAccount NewAccount()
    {
        var id = new AccountId(new Guid(seed, (short)_accounts.Count, 1, new byte[8]));
        _accounts.Add(id);
        var currency = Pick("USD", "EUR", "GBP", "JPY", "CHF");
        var size = currency == "JPY" ? 5_000_000m : 50_000m;
        _sizes.Add(id, new Money(size, Currency.Of(currency)));
        var daily = _random.Next(5) == 0
            ? null
            : new DailyLossRule(new Allowance(new Percent(_random.Next(1, 6)), null), Pick<DailyAnchor>(), _random.Next(2) == 0, Pick<Comparison>(), Pick<Evaluation>(), Pick<BreachEffect>());
        var overall = _random.Next(daily is null ? 2 : 5) == 0
            ? null
            : new OverallLossRule(new Allowance(null, size * _random.Next(3, 11) / 100m), Pick<OverallMode>(), false, Pick<Comparison>(), Pick<FloorLock>(), 0m, Pick<PayoutEffect>());
        return new OpenAccount(_at, id, Id(), new AccountTerms(
            Currency.Of(currency), size, new TradingDay(Pick("America/New_York", "Europe/Prague", "UTC"), new TimeOnly(Pick(0, 17), 0)), daily, overall,
            _random.Next(2) == 0 ? new Percent(3) : null, _random.Next(3), null, 30, _random.Next(3) == 0 ? new Percent(40) : null,
            Pick(10, 30, 100), new Percent(50), _random.Next(0, 6), Pick(0, 1), _random.Next(2) == 0, _random.Next(2) == 0, _random.Next(2) == 0 ? Rules() : null));
    }

    private AccountCommand Command()
    {
        var account = _accounts[_random.Next(_accounts.Count)];
        var position = new PositionNumber(_random.Next(1, 12));
        if (_random.Next(2) == 0) return PendingCommand(account, position);
        return _random.Next(15) switch
        {
            < 7 => Order(account),
            7 => new ClosePosition(_at, account, Id(), position, _random.Next(2) == 0 ? new Lots(_random.Next(1, 100) / 100m) : null),
            8 => new CloseAllPositions(_at, account, Id()),
            9 => new ModifyPosition(_at, account, Id(), position, Level("EURUSD"), Level("EURUSD")),
            10 => new WithdrawPayout(_at, account, Id(), new Money(_random.Next(1, 900), Currency.Of(Pick("USD", "EUR", "GBP", "JPY", "CHF")))),
            11 => new CreditAccount(_at, account, Id(), new Money(_random.Next(-5, 900), Currency.Of(Pick(_sizes[account].Currency.Code, "USD"))), "test"),
            12 or 13 => Reinstate(_accounts[_random.Next(24)]),
            14 when _random.Next(3) == 0 => new ReturnPayout(_at, account, Id(), new Money(_random.Next(1, 900), Currency.Of(Pick("USD", "EUR", "GBP", "JPY", "CHF")))),
            _ => _random.Next(40) == 0 ? new CloseAccount(_at, account, Id(), "test") : Order(account),
        };
    }

    /// <summary>Of the first accounts, which are those that fail; at a balance that most floors allow.</summary>
    private ReinstateAccount Reinstate(AccountId account) =>
        new(_at, account, Id(), new Money(_sizes[account].Amount * _random.Next(95, 106) / 100m, _sizes[account].Currency), "test");

    private MarketOrder Order(AccountId account)
    {
        var symbol = Symbols[_random.Next(Symbols.Length)].Symbol;
        var side = Pick<Side>();
        return new MarketOrder(_at, account, Id(), symbol, side, new Lots(_random.Next(1, Pick(50, 300, 1000)) / 100m), Near(symbol, side == Side.Buy ? -1 : 1), Near(symbol, side == Side.Buy ? 1 : -1),
            Guards: Guards(symbol));
    }

    /// <summary>No level, or one up to half a percent away on the side named.</summary>
    private Price? Near(string symbol, int direction) => _random.Next(3) > 0 ? null : Rounded(symbol, _pointsOfMid[symbol] * (1m + direction * _random.Next(1, 50) / 10_000m));

    private Price? Level(string symbol) => _random.Next(2) == 0 ? null : Rounded(symbol, _pointsOfMid[symbol] * (1m + _random.Next(-50, 50) / 10_000m));

    private static Price Rounded(string symbol, decimal points)
    {
        var instrument = InstrumentCatalog.All.First(i => i.Symbol == symbol);
        for (var d = 0; d < instrument.QuoteDigits; d++) points /= 10m;
        return new Price(decimal.Round(points, instrument.Digits, MidpointRounding.ToZero));
    }

    private T Pick<T>(params T[] among) => among[_random.Next(among.Length)];

    private T Pick<T>() where T : struct, Enum => Pick(Enum.GetValues<T>());

    private string Id() => $"c{++_commands}";
}
