using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Desk.Links;

namespace TradeSense.Faults;

/// <summary>
/// Sends orders as a process with the web role does: over the network, to whoever the lease names. Whatever has no answer is sent again under the same
/// client id until it has one. It knows nothing but its own journal.
/// </summary>
internal sealed class LoadClient(DatabaseOptions database, MasterKey master, IReadOnlyList<Guid> accounts, ClientJournal journal, int ordersPerSecond) : IAsyncDisposable
{
    private const int Workers = 48;
    private const int MostOpen = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(25);

    private readonly DeskLinks _links = new(master);
    private readonly Addresses _addresses = new(database.App);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _end = new();
    private Task[] _workers = [];
    private long _ticket;
    private readonly ConcurrentDictionary<Guid, long> _servedAt = new(accounts.Select(account => KeyValuePair.Create(account, 0L)));

    /// <summary>
    /// When the latest try that was answered was sent, by <see cref="Stopwatch"/>: an answer may be on its way from a process that is dead by now. Of the
    /// account that waits longest: each shard has some.
    /// </summary>
    public long ServedAt => _servedAt.Values.Min();

    /// <summary>What ended a worker before its time; null while all work.</summary>
    public Exception? Failure => _workers.Select(worker => worker.Exception).FirstOrDefault(error => error is not null);

    public async Task OpenAccounts()
    {
        foreach (var account in accounts)
            if (await Done(new OpenAccount(default, new AccountId(account), "open", Firm.Terms)) is CommandOutcome.Refused refused)
                throw new InvalidOperationException($"An account was not opened: {refused.Reason}.");
    }

    public void Start() => _workers = [.. Enumerable.Range(0, Workers).Select(number => Task.Run(() => Work(number)))];

    /// <summary>No new orders; ends when every order has its answer.</summary>
    public async Task Stop()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_workers);
    }

    /// <summary>Whatever still has no answer is given up.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _end.CancelAsync();
        await Task.WhenAll(_workers).ContinueWith(_ => { }, TaskScheduler.Default);
        _end.Dispose();
        await _links.DisposeAsync();
        await _addresses.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>One order after the other: buys and sells, and a close when enough is open.</summary>
    private async Task Work(int number)
    {
        var account = new AccountId(accounts[number % accounts.Count]);
        var open = new Queue<(int Position, decimal Lots)>();
        var pace = TimeSpan.FromSeconds((double)Workers / ordersPerSecond);
        var due = Stopwatch.GetTimestamp();
        while (!_stop.IsCancellationRequested)
        {
            var clientId = $"w{number}-{Interlocked.Increment(ref _ticket)}";
            if (open.Count < MostOpen)
            {
                var (side, lots) = (Random.Shared.Next(2) == 0 ? Side.Buy : Side.Sell, 0.01m * Random.Shared.Next(1, 6));
                journal.Send(account.Value, clientId, new ClientJournal.Order("open", side.ToString(), lots, null));
                var answer = Heard(account, clientId, await Done(new MarketOrder(default, account, clientId, "BTCUSD", side, new Lots(lots), null, null)));
                if (answer.Refused is null) open.Enqueue((answer.Position, lots));
            }
            else
            {
                var (position, lots) = open.Dequeue();
                journal.Send(account.Value, clientId, new ClientJournal.Order("close", "", lots, position));
                Heard(account, clientId, await Done(new ClosePosition(default, account, clientId, new PositionNumber(position), null)));
            }

            due += (long)(pace.TotalSeconds * Stopwatch.Frequency);
            var early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            if (early > TimeSpan.Zero) await Task.Delay(early);
            else due = Stopwatch.GetTimestamp();
        }
    }

    private ClientJournal.Answer Heard(AccountId account, string clientId, CommandOutcome outcome)
    {
        var answer = outcome switch
        {
            CommandOutcome.Refused refused => new ClientJournal.Answer(refused.Reason.ToString(), 0, 0m),
            CommandOutcome.Accepted accepted => accepted.Events.OfType<PositionOpened>().FirstOrDefault(fact => fact.ClientId == clientId) is { } opened
                ? new ClientJournal.Answer(null, opened.Position.Value, opened.Price.Value)
                : accepted.Events.OfType<PositionClosed>().First(fact => fact.ClientId == clientId) is var closed ? new ClientJournal.Answer(null, closed.Position.Value, closed.Price.Value) : null!,
            _ => throw new InvalidOperationException("An outcome is either accepted or refused."),
        };
        journal.Hear(account.Value, clientId, answer);
        return answer;
    }

    /// <summary>Until there is an answer. <c>busy</c> is none: it says that nothing was done.</summary>
    private async Task<CommandOutcome> Done(AccountCommand command)
    {
        var isUnknown = false;
        while (true)
        {
            try
            {
                if (await _addresses.Of(command.Account.Value) is { } place)
                {
                    var sent = Stopwatch.GetTimestamp();
                    var outcome = await _links.Ask(place.Address, place.Shard, new SendCommand(command), Patience, _end.Token);
                    if (outcome is not CommandOutcome.Refused { Reason: RejectReason.Busy })
                    {
                        _servedAt.AddOrUpdate(command.Account.Value, sent, (_, latest) => Math.Max(latest, sent));
                        if (isUnknown) journal.BecameKnown();
                        return outcome;
                    }
                }
            }
            catch (Exception error) when (error is LinkLostException or TimeoutException or InvalidOperationException)
            {
                // Only what may have arrived can have been done.
                if (!isUnknown && error is not LinkLostException { NeverArrived: true })
                {
                    journal.BecameUnknown();
                    isUnknown = true;
                }

                _addresses.Forget();
            }

            await Task.Delay(BetweenTries, _end.Token);
        }
    }

    /// <summary>Which process holds which shard, as the leases say.</summary>
    private sealed class Addresses(string database) : IAsyncDisposable
    {
        private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(100);
        private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(database);
        private readonly SemaphoreSlim _reading = new(1);
        private volatile IReadOnlyList<string> _known = [];
        private long _readAt;

        public async Task<(string Address, int Shard)?> Of(Guid account)
        {
            var known = _known;
            if (known.Count == 0) known = await Read();
            if (known.Count == 0) return null;

            var shard = TradingAccount.ShardKeyOf(account) % known.Count;
            return known[shard].Length == 0 ? null : (known[shard], shard);
        }

        public void Forget() => _known = [];

        public async ValueTask DisposeAsync()
        {
            await _source.DisposeAsync();
            _reading.Dispose();
        }

        private async Task<IReadOnlyList<string>> Read()
        {
            await _reading.WaitAsync();
            try
            {
                if (Stopwatch.GetElapsedTime(_readAt) < Fresh) return _known;

                _readAt = Stopwatch.GetTimestamp();
                await using var command = _source.CreateCommand("select s.address, l.shards from engine_shards s cross join engine_layout l where s.shard < l.shards order by s.shard");
                await using var reader = await command.ExecuteReaderAsync();
                var (addresses, spread) = (new List<string>(), 0);
                while (await reader.ReadAsync())
                {
                    addresses.Add(reader.GetString(0));
                    spread = reader.GetInt32(1);
                }

                // Before every shard has been taken once, nobody knows where an account is.
                return _known = addresses.Count == spread ? addresses : [];
            }
            catch (NpgsqlException)
            {
                return [];
            }
            finally
            {
                _reading.Release();
            }
        }
    }
}
