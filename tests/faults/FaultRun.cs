using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using TradeSense.Modules.Database;

namespace TradeSense.Faults;

public enum Fault
{
    /// <summary>kill -9 of the only process, which is started again.</summary>
    KillAlone,

    /// <summary>kill -9 of one of two processes that share the shards.</summary>
    KillWithStandby,

    /// <summary>kill -9 of one of PostgreSQL's processes.</summary>
    KillBackend,

    /// <summary>PostgreSQL stopped at once and started again.</summary>
    StopDatabase,

    /// <summary>kill -9 of the process and PostgreSQL stopped at once, as when the power fails; the process starts first and finds no database.</summary>
    PowerCut,

    /// <summary>PostgreSQL stopped at once and half a minute away.</summary>
    DatabaseAway,
}

/// <summary>What a run saw. Nothing in <see cref="Offences"/>: nothing was lost, doubled or left open.</summary>
/// <param name="Back">For each fault, how long it took from the fault (from the start of PostgreSQL, where that was down) to the next acknowledged order.</param>
/// <param name="Computed">Processor time that a process started anew had used when it served.</param>
/// <param name="Shared">How long a process that joined waited for its share of the shards, after it was ready.</param>
public sealed record FaultReport(IReadOnlyList<(Fault Fault, TimeSpan Back)> Back, IReadOnlyList<TimeSpan> Shared, IReadOnlyList<TimeSpan> Computed, long Answered, long Unknown, long Resolved, double OrdersPerSecond, IReadOnlyList<Offence> Offences);

/// <summary>Load and faults at random instants, then the judgement.</summary>
/// <param name="program">The application's assembly.</param>
/// <param name="roles">Of the process that is killed; the one that waits for it has the engine only.</param>
public sealed class FaultRun(string program, string migrations, string roles, int ordersPerSecond, Action<string> say)
{
    private const int Accounts = 16;
    /// <summary>A machine may be busy with other things; what counts as too long is for the reader of the report.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ShortAbsence = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongAbsence = TimeSpan.FromSeconds(30);

    private readonly string _masterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly ClientJournal _journal = new();
    private readonly List<(Fault, TimeSpan)> _back = [];
    private readonly List<TimeSpan> _shared = [];
    private readonly List<TimeSpan> _computed = [];
    private readonly List<ServerUnderFault> _servers = [];
    private TimeSpan _serving;

    /// <param name="atMost">No new round after this long; what was done is judged.</param>
    public async Task<FaultReport> Run(IReadOnlyList<Fault> faults, int seed, TimeSpan atMost, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var dice = new Random(seed);
        await using var cluster = await Cluster.Create(migrations, ct);
        var accounts = await Firm.Create(cluster, Accounts);
        _servers.Add(NewServer(cluster, roles));
        await using var client = new LoadClient(cluster.Options, MasterKey.From(_masterKey), accounts, _journal, ordersPerSecond);
        try
        {
            var opening = client.OpenAccounts();
            while (await Task.WhenAny(opening, Task.Delay(100, ct)) != opening) Watch(client, ct);
            await opening;
            client.Start();
            foreach (var fault in faults.TakeWhile(_ => Stopwatch.GetElapsedTime(began) < atMost))
            {
                var before = Stopwatch.GetTimestamp();
                if (fault == Fault.KillWithStandby) await Standby(cluster, ct);
                await Task.Delay(150 + dice.Next(700), ct);
                _serving += Stopwatch.GetElapsedTime(before);
                await Round(fault, cluster, client, dice, ct);
            }

            await client.Stop();
        }
        finally
        {
            foreach (var server in _servers) server.Dispose();
        }

        return new FaultReport(_back, _shared, _computed, _journal.Answered, _journal.Unknown, _journal.Resolved, _journal.Answered / _serving.TotalSeconds, await new Oracle(cluster.Options.Audit).Judge(_journal));
    }

    private async Task Round(Fault fault, Cluster cluster, LoadClient client, Random dice, CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        switch (fault)
        {
            case Fault.KillAlone: await Replace(cluster); break;
            case Fault.KillWithStandby:
                await _servers[0].Kill();
                _servers[0].Dispose();
                _servers.RemoveAt(0);
                break;
            case Fault.KillBackend: await cluster.KillBackend(dice, ct); break;
            default:
                await cluster.StopAtOnce(ct);
                if (fault == Fault.PowerCut) await Replace(cluster);
                if (fault != Fault.StopDatabase) await Task.Delay(fault == Fault.DatabaseAway ? LongAbsence : ShortAbsence, ct);
                await cluster.StartAgain(ct);
                since = Stopwatch.GetTimestamp();
                break;
        }

        // What was answered before the fault was complete says nothing.
        var fell = Stopwatch.GetTimestamp();
        while (client.ServedAt < fell)
        {
            Watch(client, ct);
            if (Stopwatch.GetElapsedTime(since) > Longest) throw new TimeoutException($"{fault}: no order was acknowledged for {Longest.TotalSeconds} s. The server said:\n{_servers[^1].Words}");
            await Task.Delay(2, ct);
        }

        _back.Add((fault, Stopwatch.GetElapsedTime(since)));
        if (fault is Fault.KillAlone or Fault.PowerCut) _computed.Add(_servers[^1].ProcessorTime);
        await cluster.WaitUntilItAnswers(ct);
        say(string.Create(CultureInfo.InvariantCulture, $"{_back.Count,4}  {fault,-15} serving again after {_back[^1].Item2.TotalSeconds:0.00} s, {_journal.Answered} orders acknowledged, {_journal.Unknown} were unknown"));
    }

    private async Task Replace(Cluster cluster)
    {
        foreach (var server in _servers)
        {
            await server.Kill();
            server.Dispose();
        }

        _servers.Clear();
        _servers.Add(NewServer(cluster, roles));
    }

    /// <summary>A process that ends by itself, or a client that cannot go on, ends the run.</summary>
    private void Watch(LoadClient client, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (_servers.Find(server => server.HasEnded) is { } ended) throw new InvalidOperationException($"The server ended by itself:\n{ended.Words}");
        if (client.Failure is { } failure) throw new InvalidOperationException("The load client failed.", failure);
    }

    /// <summary>A second process beside the first, once it has its share of the shards.</summary>
    private async Task Standby(Cluster cluster, CancellationToken ct)
    {
        if (_servers.Count > 1) return;
        var standby = NewServer(cluster, "engine");
        _servers.Add(standby);
        for (var tries = 0; !await standby.IsReady(); tries++)
        {
            if (standby.HasEnded || tries > 6000) throw new InvalidOperationException($"The standby did not start:\n{standby.Words}");
            await Task.Delay(50, ct);
        }

        var joined = Stopwatch.GetTimestamp();
        while (await cluster.Shares(ct) is { Owners: < 2, Shards: > 1 })
        {
            if (standby.HasEnded || Stopwatch.GetElapsedTime(joined) > Longest) throw new InvalidOperationException($"The second process got no shard:\n{standby.Words}");
            await Task.Delay(50, ct);
        }

        _shared.Add(Stopwatch.GetElapsedTime(joined));
    }

    private ServerUnderFault NewServer(Cluster cluster, string its) => new(program, cluster.Options, _masterKey, its);
}
