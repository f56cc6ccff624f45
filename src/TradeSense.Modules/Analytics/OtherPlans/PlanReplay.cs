using TradeSense.Engine;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Analytics.OtherPlans;

/// <summary>
/// Lives an account's life again under other terms, in an engine of its own: the same commands at the same instants over the same quotes. Beside it
/// runs the account under its own terms; where that does not end as it really did, the answer says so.
/// </summary>
public sealed class PlanReplay
{
    /// <summary>Where the quotes of a symbol between two instants are found.</summary>
    public delegate Task<IReadOnlyList<Quote>> QuoteSource(string symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken ct);

    private static readonly TimeSpan Stretch = TimeSpan.FromHours(6);
    private static readonly TimeSpan[] LookBack = [TimeSpan.FromMinutes(10), TimeSpan.FromHours(6), TimeSpan.FromDays(4)];
    private static readonly AccountId Own = new(new Guid("00000000-0000-0000-0000-000000000001")), Other = new(new Guid("00000000-0000-0000-0000-000000000002"));

    private readonly TradingEngine _engine = new(new EngineOptions(InstrumentCatalog.All, Staleness: null, EnforceSessions: false));
    private readonly IReadOnlyList<EngineEvent> _journal;
    private readonly AccountOpened _opened;
    private readonly DateTimeOffset _until;
    private readonly CommandsAgain _commands;
    private readonly IReadOnlyList<string> _symbols;
    private readonly Dictionary<AccountId, CommandsAgain.Numbers> _numbers = new() { [Own] = new(), [Other] = new() };
    private readonly Dictionary<AccountId, List<EngineEvent>> _facts = new() { [Own] = [], [Other] = [] };
    private readonly List<EngineEvent> _now = [];
    private Quote? _lastQuote;
    private Quote? _deciding;

    /// <param name="journal">From the account's opening on.</param>
    /// <param name="news">The listed events that rules about news refer to.</param>
    public PlanReplay(IReadOnlyList<EngineEvent> journal, DateTimeOffset until, IReadOnlyList<NewsEvent>? news = null)
    {
        if (news is not null) _engine.Apply(new NewsInput(journal[0].At, news), _now);
        (_journal, _until, _opened) = (journal, until, (AccountOpened)journal[0]);
        _commands = new CommandsAgain(journal, _opened.Terms.Currency);
        _symbols = QuotesNeeded.By(journal, _opened.Terms.Currency);
    }

    private bool IsOver => _engine.State(Other)!.Status is AccountStatus.Failed or AccountStatus.Passed or AccountStatus.Closed;

    /// <param name="progress">Told now and then how far it is, in percent.</param>
    /// <returns>Null when the quotes it would rest on are not there.</returns>
    public async Task<PlanOutcome?> Run(AccountTerms terms, QuoteSource quotes, Func<int, Task> progress, CancellationToken ct)
    {
        Apply(new OpenAccount(_opened.At, Own, "open", _opened.Terms));
        Apply(new OpenAccount(_opened.At, Other, "open", terms));
        var (next, hasQuotes) = (1, false);
        for (var from = _opened.At; from <= _until && !IsOver; from += Stretch)
        {
            var to = from + Stretch - TimeSpan.FromTicks(1) is var end && end < _until ? end : _until;
            var isIdle = !IsHolding && (next >= _journal.Count || _journal[next].At > to);
            if (isIdle) hasQuotes = false;
            else
            {
                if (!hasQuotes) await LookBackFrom(from, quotes, ct);
                hasQuotes = true;
                next = Live(await Between(from, to, quotes, ct), next, to);
            }

            if (!IsOver) Apply(new ClockInput(to));
            await progress((int)(100 * ((to - _opened.At) / Max(_until - _opened.At, TimeSpan.FromSeconds(1)))));
        }

        // What really filled finds no price here: the archive no longer has that time.
        return _facts[Own].OfType<CommandRefused>().Any(refused => refused.Reason is RejectReason.NoPrice) ? null : Outcome();
    }

    private bool IsHolding => ((AccountId[])[Own, Other]).Any(account => _engine.View(account) is { } view && view.Positions.Count + view.Orders.Count > 0);

    /// <summary>One stretch: quotes and commands in the order of time; a command and a quote of one instant: the quote first.</summary>
    private int Live(IReadOnlyList<Quote> quotes, int next, DateTimeOffset to)
    {
        foreach (var quote in quotes)
        {
            while (next < _journal.Count && _journal[next].At < quote.At && !IsOver) Repeat(_journal[next++]);
            if (IsOver) return next;
            _lastQuote = quote;
            Apply(new QuoteInput(quote));
        }

        while (next < _journal.Count && _journal[next].At <= to && !IsOver) Repeat(_journal[next++]);
        return next;
    }

    private void Repeat(EngineEvent fact)
    {
        foreach (var account in (AccountId[])[Own, Other])
        {
            if (_commands.Of(fact, account, _numbers[account]) is { } command) Apply(command);
            if (fact is PositionGuarded guarded)
                foreach (var guard in _commands.Guards(guarded, account, _numbers[account])) Apply(guard);
        }
    }

    private void Apply(EngineInput input)
    {
        _now.Clear();
        _engine.Apply(input, _now);
        foreach (var fact in _now)
        {
            _facts[fact.Account].Add(fact);
            _numbers[fact.Account].Learn(fact);
            if (fact is AccountFailed && fact.Account == Other && input is QuoteInput) _deciding = _lastQuote;
        }
    }

    /// <summary>The last quote of each symbol before a stretch: what a command at its start would meet.</summary>
    private async Task LookBackFrom(DateTimeOffset at, QuoteSource quotes, CancellationToken ct)
    {
        foreach (var symbol in _symbols)
        {
            IReadOnlyList<Quote> found = [];
            foreach (var reach in LookBack)
                if ((found = await quotes(symbol, at - reach, at, ct)).Count > 0) break;
            // Nothing yet is right for a symbol that is traded later.
            if (found.Count > 0) Apply(new QuoteInput(found[^1]));
        }
    }

    private async Task<IReadOnlyList<Quote>> Between(DateTimeOffset from, DateTimeOffset to, QuoteSource quotes, CancellationToken ct)
    {
        var all = new List<Quote>();
        foreach (var symbol in _symbols) all.AddRange(await quotes(symbol, from, to, ct));
        return [.. all.OrderBy(quote => quote.At)];
    }

    private PlanOutcome Outcome()
    {
        var view = _engine.View(Other)!;
        var facts = _facts[Other];
        return new PlanOutcome(
            view.State.Status, view.State.Status is AccountStatus.Failed ? view.State.Breach : null, _deciding,
            facts.LastOrDefault(fact => fact is AccountFailed or PhasePassed or AccountClosed)?.At, view.State.Balance, view.Equity, view.Room, view.State.TradingDays,
            facts.OfType<AccountPaused>().Count(), facts.OfType<PositionOpened>().Count(), view.Positions.Count,
            [.. facts.OfType<CommandRefused>().GroupBy(refused => refused.Reason).Select(group => new PlanOutcome.Refusals(group.Key.Code(), group.Count())).OrderByDescending(one => one.Count)],
            OwnPlanAgrees(), _until);
    }

    /// <summary>The account under its own terms filled and ended as the journal says. Where the other plan ended first, as far as that.</summary>
    private bool OwnPlanAgrees()
    {
        var reached = _engine.Now;
        static IEnumerable<(DateTimeOffset, string, Price, decimal)> Fills(IEnumerable<EngineEvent> facts, DateTimeOffset until) =>
            facts.OfType<PositionClosed>().Where(closed => closed.At < until).Select(closed => (closed.At, closed.Symbol, closed.Price, closed.Profit));
        static (DateTimeOffset, LossRule, decimal)? End(IEnumerable<EngineEvent> facts, DateTimeOffset until) =>
            facts.OfType<AccountFailed>().Where(failed => failed.At < until).Select(failed => ((DateTimeOffset, LossRule, decimal)?)(failed.At, failed.Breach.Rule, failed.Breach.Equity)).LastOrDefault();
        return Fills(_journal, reached).SequenceEqual(Fills(_facts[Own], reached)) && End(_journal, reached) == End(_facts[Own], reached);
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
