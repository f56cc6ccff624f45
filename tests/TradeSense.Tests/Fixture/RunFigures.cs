namespace TradeSense.Tests.Fixture;

/// <summary>Figures a run measured on its way, in <c>artifacts/test-results/figures.txt</c>: the whole test run prints them at its end, where a passed test's own output is not shown.</summary>
public static class RunFigures
{
    public static Task Note(string what, string figures)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "test-results"));
        return File.AppendAllTextAsync(Path.Combine(folder.FullName, "figures.txt"), $"{what}: {figures}\n");
    }
}
