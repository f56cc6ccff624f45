using TradeSense.Benchmarks;

if (args is ["engine"]) EngineBench.Run(Console.Out);
else Console.WriteLine("no benchmark");
