using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;

namespace TradeSense.Engine;

public sealed class TradingEngine
{
    public TradingEngine(EngineOptions options) => Options = options;

    public EngineOptions Options { get; }
    public DateTimeOffset Now { get; private set; }

    public static TradingEngine Restore(
        EngineOptions options, DateTimeOffset asOf, IEnumerable<AccountState> accounts, IEnumerable<Quote> lastQuotes) =>
        new(options) { Now = asOf };

    public void Apply(EngineInput input, ICollection<EngineEvent> events) => Now = input.At;

    public AccountView? View(AccountId account) => State(account) is null ? null : throw new NotSupportedException();

    public AccountState? State(AccountId account) => Now == default ? null : null;

    public IReadOnlyCollection<AccountId> TakeChanged() => Now == default ? [] : [];

    public Quote? LastQuote(string symbol) => Now == default ? null : null;

    public IReadOnlyList<SymbolExposure> Exposure(Predicate<AccountId>? of = null) => Now == default ? [] : [];

    public string StateHash() => Now == default ? "" : "";
}
