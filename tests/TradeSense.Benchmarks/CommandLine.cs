namespace TradeSense.Benchmarks;

/// <summary>The entry. Exit codes: 0 measured, 2 wrong use; a missed target is no failure, since a busy machine can miss any.</summary>
internal static class CommandLine
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["engine"])
        {
            EngineBench.Run(Console.Out);
            return 0;
        }

        if (BenchOptions.Read(arguments) is not { } options)
        {
            await Console.Error.WriteLineAsync(BenchOptions.Usage);
            return 2;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        return await Benchmark.Run(options, Console.Out, stop.Token);
    }
}
