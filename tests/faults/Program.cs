using System.Globalization;
using System.Runtime.InteropServices;

namespace TradeSense.Faults;

/// <summary>The command line of <c>./tradesense faults</c>.</summary>
internal static class FaultCommand
{
    private const string Help = """
        faults --server DLL --migrations FOLDER [--rounds N] [--minutes N] [--rate ORDERS] [--seed N] [--roles web,engine,jobs] [--quick] [--any-time]

        Starts PostgreSQL and the application, sends it orders and takes one of them away at a random instant, N times (200): kill -9 of the only process, kill -9
        with a second process waiting, kill -9 of a PostgreSQL process, immediate stop and start, both at once, and (without --quick) PostgreSQL away for half a
        minute. Then every order the client remembers is held against the database: none acknowledged is lost, none is done twice, none is left open. Exit code 0
        when that is so and each time orders were acknowledged again within 10 s; with --any-time the times are only printed, for a machine that is busy. After --minutes
        no further round begins.
        """;

    private static async Task<int> Main(string[] args)
    {
        var values = args.Where(arg => arg is not ("--quick" or "--any-time")).Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        int Number(string name, int otherwise) => values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        if (!values.TryGetValue("--server", out var server) || !values.TryGetValue("--migrations", out var migrations))
        {
            await Console.Error.WriteLineAsync(Help);
            return 2;
        }

        var (rounds, seed) = (Number("--rounds", 200), Number("--seed", Random.Shared.Next()));
        Console.WriteLine($"seed {seed.ToString(CultureInfo.InvariantCulture)}");

        // However the run ends, its PostgreSQL and its servers end with it.
        using var end = new CancellationTokenSource();
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            end.Cancel();
        }

        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        var run = new FaultRun(server, migrations, values.GetValueOrDefault("--roles", "web,engine,jobs"), Number("--rate", 600), Console.WriteLine);
        try
        {
            var report = await run.Run(Plan.Of(rounds, withLongAbsence: !args.Contains("--quick")), seed, TimeSpan.FromMinutes(Number("--minutes", 24 * 60)), end.Token);
            foreach (var line in Plan.Lines(report)) Console.WriteLine(line);
            return report.Offences.Count == 0 && (args.Contains("--any-time") || report.Back.All(one => one.Back <= Plan.Promise)) ? 0 : 1;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }
}
