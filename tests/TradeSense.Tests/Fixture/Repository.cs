using System.Runtime.CompilerServices;

namespace TradeSense.Tests.Fixture;

/// <summary>Where the checkout is: found from this file's own place, so that tests run from any folder.</summary>
public static class Repository
{
    public static string Root { get; } = Find(Here());

    /// <summary>Material beside the checkout, when it is there: recorded quotes, rule scenarios.</summary>
    public static string Shared(params string[] path) => Path.Combine([Root, "..", "shared", .. path]);

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "TradeSense.sln"))) return folder.FullName;

        throw new InvalidOperationException($"No TradeSense.sln above {start}.");
    }

    private static string Here([CallerFilePath] string path = "") => Directory.Exists(Path.GetDirectoryName(path)) ? Path.GetDirectoryName(path)! : AppContext.BaseDirectory;
}
