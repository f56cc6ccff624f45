namespace TradeSense.Web.Hosting;

/// <summary>Where the folders beside the code stand: next to the executable when published, at the root of the checkout in development.</summary>
public static class Layout
{
    public static string Folder(string name) => Find(name, Directory.Exists) ?? throw new DirectoryNotFoundException($"There is no folder “{name}” beside the application.");

    public static string? File(string name) => Find(name, System.IO.File.Exists);

    private static string? Find(string name, Func<string, bool> exists)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, name);
            if (exists(path)) return path;
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "TradeSense.sln"))) break;
        }

        return null;
    }
}
