using TradeSense.Engine.Accounts;
using TradeSense.Engine.Book;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Engine;

/// <summary>The deterministic kernel: inputs in, facts out. One thread at a time; no I/O, clock, randomness or logging of its own.</summary>
/// <remarks>
/// The same inputs give the same events and the same <see cref="StateHash"/>. Time comes with the inputs and never runs backwards:
/// an input from before the last one's time is taken to happen now.
/// </remarks>
public sealed class TradingEngine
{
    private readonly Market _market;
    private readonly OrderDesk _desk;
    private readonly PendingDesk _pending;
    private readonly Schedule _schedule = new();
    private readonly Journal _journal = new();
    private readonly SessionWatch _sessions = new();
    private readonly Venue _venue;
    private readonly List<TradingAccount> _accounts = [];
    private readonly Dictionary<AccountId, TradingAccount> _byId = [];
    private readonly List<int> _touched = [];

    /// <summary>Accounts of one model and size share one copy of their terms.</summary>
    private readonly Dictionary<AccountTerms, AccountTerms> _terms = [];
    private AccountTerms? _latestTerms;
    private readonly Action<int, SymbolBook, int> _relink;
    private bool _isStarted;
    private int _nextToKeep;

    public TradingEngine(EngineOptions options)
    {
        Options = options;
        _market = new Market(options.Instruments);
        _venue = new Venue(_market, _journal, new OrderChecks(options), _schedule.Expiries);
        (_desk, _pending) = (new OrderDesk(_venue.Checks, _market), new PendingDesk(_venue.Checks, _market));
        _relink = (account, book, row) => _accounts[account].Portfolio.Relink(book, row);
    }

    public EngineOptions Options { get; }

    /// <summary>The time of the latest input: what a restart must be given back, with the accounts and last quotes of that moment.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>An engine that goes on where another stopped.</summary>
    /// <param name="asOf">The other's <see cref="Now"/>.</param>
    /// <exception cref="ArgumentException">A position's symbol, or a pair needed to convert its profit, has no last quote.</exception>
    public static TradingEngine Restore(EngineOptions options, DateTimeOffset asOf, IEnumerable<AccountState> accounts, IEnumerable<Quote> lastQuotes)
    {
        var restore = new EngineRestore(options, asOf, lastQuotes);
        foreach (var stored in accounts) restore.Add(stored, [.. stored.Positions.OrderBy(position => position.Number).Select(restore.Position)]);
        return restore.Engine;
    }

    internal SymbolBook BookOf(string symbol) => _market.Book(symbol) ?? throw new ArgumentException($"{symbol} is not traded here.");

    internal void Begin(DateTimeOffset asOf, IEnumerable<Quote> lastQuotes)
    {
        if (asOf != default) StartAt(asOf);
        foreach (var quote in lastQuotes)
            if (_market.Book(quote.Symbol) is { } book) _market.Take(book, quote, asOf, _touched);
    }

    /// <param name="positions">Its positions, oldest first.</param>
    internal void Add(AccountState stored, IReadOnlyList<Position> positions)
    {
        var terms = Shared(stored.Terms);
        var account = new TradingAccount(_accounts.Count, ReferenceEquals(terms, stored.Terms) ? stored : stored with { Terms = terms }, positions, NewPortfolio(terms), _venue);
        foreach (var (book, _, _) in account.Portfolio.Held())
            if (!account.Portfolio.CanValue(book)) throw new ArgumentException($"{stored.Id} holds {book.Instrument.Symbol}, which has no last quote.");
        Enlist(account);
        account.DrawBands();
    }

    public void Apply(EngineInput input, ICollection<EngineEvent> events)
    {
        // A list of events is no event: hearing it takes no time.
        if (input is NewsInput news)
        {
            _venue.Checks.News = news.Events;
            return;
        }

        _journal.Events = events;
        AdvanceTo(input.At);
        switch (input)
        {
            case QuoteInput quote: Take(quote.Quote); break;
            case AccountCommand command: Execute(command); break;
            case ClockInput: break;
            default: throw new ArgumentException($"{input.GetType().Name} is no input of the engine.", nameof(input));
        }
    }

    /// <summary>The account at the current quotes, or null when it is not known.</summary>
    public AccountView? View(AccountId account) => _byId.GetValueOrDefault(account)?.Picture(Now);

    /// <summary>What an order would mean now; null when the account or the symbol is unknown or cannot be valued.</summary>
    public OrderEstimate? Estimate(AccountId account, OrderSketch sketch) =>
        _byId.GetValueOrDefault(account) is { } known && _market.Book(sketch.Symbol) is { } book ? OrderEstimator.Of(known, book, sketch) : null;

    /// <summary>The rate that profits and margins are converted at now; null when there is no such way or a pair on it has no quote.</summary>
    public ConversionRate? Rate(Currency from, Currency to) => _market.Conversion(from, to) is { IsQuoted: true } way ? way.Rate() : null;

    public AccountState? State(AccountId account) => _byId.GetValueOrDefault(account)?.Snapshot();

    /// <summary>What of the account must be stored since it was last taken, or restored; null when it is not known.</summary>
    public AccountChange? TakeChange(AccountId account) => _byId.GetValueOrDefault(account)?.TakeChange();

    /// <summary>The account's equity at the current quotes; null when it is not known.</summary>
    public EquityPoint? Point(AccountId account) => _byId.GetValueOrDefault(account)?.Point();

    public IEnumerable<AccountId> Accounts => _accounts.Select(a => a.Id);

    /// <summary>The accounts whose durable state changed since the last call.</summary>
    public IReadOnlyCollection<AccountId> TakeChanged() => _journal.TakeChanged();

    /// <summary>The listed events that news rules refer to. A restarted engine must be told them again, before its first input.</summary>
    public IReadOnlyList<NewsEvent> News => _venue.Checks.News;

    /// <summary>
    /// Has accounts stored again in which a position's worst or best price or its margin has moved: in turn, until so many positions have. They are no reason by themselves,
    /// since every quote would be one.
    /// </summary>
    public void KeepHighs(int most)
    {
        for (var left = _accounts.Count; left > 0 && most > 0; left--)
        {
            if (_nextToKeep >= _accounts.Count) _nextToKeep = 0;
            most -= _accounts[_nextToKeep++].KeepHighs();
        }
    }

    public Quote? LastQuote(string symbol) => _market.Book(symbol)?.Last;

    public IReadOnlyList<Quote> LastQuotes() => [.. _market.Books.Where(b => b.Last is not null).Select(b => b.Last!.Value)];

    /// <summary>Lots open per symbol, of all accounts or of those asked for.</summary>
    public IReadOnlyList<SymbolExposure> Exposure(Predicate<AccountId>? of = null) =>
    [
        .. _accounts.Where(a => of?.Invoke(a.Id) != false)
            .SelectMany(a => a.Portfolio.Held())
            .GroupBy(h => h.Book)
            .Select(g => new SymbolExposure(g.Key.Instrument.Symbol, g.Key.Scale.LotsOf(g.Sum(h => h.LongSteps)), g.Key.Scale.LotsOf(g.Sum(h => h.ShortSteps))))
            .OrderBy(e => e.Symbol, StringComparer.Ordinal),
    ];

    /// <summary>SHA-256 over the durable state; the same after a restart from what <see cref="State"/> gave.</summary>
    public string StateHash() => CanonicalState.Hash(_accounts.Select(a => a.Snapshot()), LastQuotes());

    private void AdvanceTo(DateTimeOffset at)
    {
        if (!_isStarted) StartAt(at);
        if (at.UtcTicks / TimeSpan.TicksPerMinute > Now.UtcTicks / TimeSpan.TicksPerMinute) NoteMargins();
        while (_schedule.Next <= at)
        {
            if (_schedule.Next > Now) Now = _schedule.Next;
            _schedule.RunNext(_accounts);
        }

        if (at > Now) Now = at;
    }

    /// <summary>
    /// Margin moves with the conversion alone between two fills, which no quote is watched for. It is noted once a minute, at the last quotes of the minutes before: by the
    /// inputs' time, so that every engine of the same inputs notes the same.
    /// </summary>
    private void NoteMargins()
    {
        foreach (var account in _accounts) account.NoteMargins();
    }

    private void StartAt(DateTimeOffset at)
    {
        _isStarted = true;
        Now = at;
        _schedule.StartFrom(at);
    }

    private void Take(Quote quote)
    {
        if (_market.Book(quote.Symbol) is not { } book) return;
        if (!book.Instrument.Accepts(quote)) throw new ArgumentException($"{quote} was let in by the feed.", nameof(quote));
        if (IsOutsideSession(book, quote)) return;

        _touched.Clear();
        _market.Take(book, quote, Now, _touched);
        if (Options.DecidesEveryQuote) book.TouchAll(_touched);
        if (_touched.Count == 0) return;

        // Rows move when positions close; accounts are settled in the order they were opened, whatever their rows.
        _touched.Sort();
        for (var i = 0; i < _touched.Count; i++)
            if (i == 0 || _touched[i] != _touched[i - 1]) _accounts[_touched[i]].MeetQuote(book, Now);
    }

    /// <summary>
    /// Nobody can trade at such a price, so it decides nothing: no stop, no floor, no conversion. The price of the session's end stands until the next opening. A symbol's very
    /// first quote is taken whenever it is from: nothing can hang on it yet, and something must convert by it.
    /// </summary>
    private bool IsOutsideSession(SymbolBook book, Quote quote) => Options.EnforceSessions && book.Last is not null && !_sessions.IsOpen(book.Instrument.Session, quote.At);

    private void Execute(AccountCommand command)
    {
        var refusal = command switch
        {
            OpenAccount opening => Open(opening),
            _ when !_byId.ContainsKey(command.Account) => RejectReason.UnknownAccount,
            WithdrawPayout payout => FirmDesk.Withdraw(_byId[command.Account], payout, Now),
            ReturnPayout payout => FirmDesk.Return(_byId[command.Account], payout, Now),
            CreditAccount credit => FirmDesk.Credit(_byId[command.Account], credit, Now),
            ScaleAccount wish => FirmDesk.Scale(_byId[command.Account], wish, Shared, Now),
            ReinstateAccount wish => Reinstate(_byId[command.Account], wish),
            CloseAccount closing => FirmDesk.CloseForGood(_byId[command.Account], closing, Now),
            _ => Trade(_byId[command.Account], command),
        };
        if (refusal is { } reason) _journal.Events.Add(new CommandRefused(Now, command.Account, command.ClientId, reason));
    }

    /// <summary>What a trader asks.</summary>
    private RejectReason? Trade(TradingAccount account, AccountCommand command) => command switch
    {
        MarketOrder order => _desk.Place(account, order, Now),
        ClosePosition close => _desk.Close(account, close, Now),
        CloseAllPositions closeAll => _desk.CloseAll(account, closeAll, Now),
        ReversePosition reverse => _desk.Reverse(account, reverse, Now),
        ModifyPosition modify => OrderDesk.Modify(account, modify, Now),
        SetTrailingStop wish => OrderDesk.Watch(account, wish.Position, guards => guards with { TrailingDistance = wish.Distance }, wish.ClientId, Now),
        SetBreakeven wish => OrderDesk.Watch(account, wish.Position, guards => guards with { Breakeven = wish.Breakeven }, wish.ClientId, Now),
        SetTimeStop wish => OrderDesk.Watch(account, wish.Position, guards => guards with { CloseAt = wish.CloseAt }, wish.ClientId, Now),
        PlaceOrders orders => _pending.Place(account, orders, Now),
        ModifyOrder modify => _pending.Modify(account, modify, Now),
        CancelOrder cancel => PendingDesk.Cancel(account, cancel, Now),
        CancelAllOrders cancel => _pending.CancelAll(account, cancel, Now),
        _ => throw new ArgumentException($"{command.GetType().Name} is no command of the engine.", nameof(command)),
    };

    private RejectReason? Open(OpenAccount opening)
    {
        var terms = Shared(opening.Terms);
        if (_byId.ContainsKey(opening.Account)) return RejectReason.DuplicateCommand;
        if (terms.InitialBalance <= 0 || terms.Leverage < 1) return RejectReason.InvalidAmount;

        var day = TradingDayClock.LabelOf(terms.TradingDay, Now);
        Enlist(new TradingAccount(_accounts.Count, opening.Account, terms, NewPortfolio(terms), _venue, day, Now));
        _journal.Record(new AccountOpened(Now, opening.Account, terms, day));
        return null;
    }

    private RejectReason? Reinstate(TradingAccount account, ReinstateAccount wish)
    {
        if (FirmDesk.Reinstate(account, wish, Now) is { } refusal) return refusal;
        _schedule.AddAgain(account);
        return null;
    }

    private void Enlist(TradingAccount account)
    {
        _accounts.Add(account);
        _byId.Add(account.Id, account);
        _schedule.Add(account);
    }

    private AccountTerms Shared(AccountTerms terms)
    {
        // Many in a row have the very same: to compare two copies takes some forty comparisons.
        if (ReferenceEquals(terms, _latestTerms)) return terms;
        if (!_terms.TryGetValue(terms, out var known)) _terms[terms] = known = terms;
        return _latestTerms = known;
    }

    /// <summary>Its account will be the next in the list; books name accounts by that index.</summary>
    private Portfolio NewPortfolio(AccountTerms terms) => new(_accounts.Count, _market, _relink, terms);
}
