using TradeSense.Web.Commands;

return await CommandLine.Run(args);

/// <summary>Named for tests that start the application in process.</summary>
public partial class Program;
