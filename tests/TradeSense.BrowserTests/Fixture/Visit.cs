using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;
using TradeSense.Tests.Fixture;

namespace TradeSense.BrowserTests.Fixture;

/// <summary>
/// One person's tab. It collects what a developer would see in the console (script errors, blocked styles and scripts, missing assets, failed answers);
/// leaving with any of it fails the test.
/// </summary>
public sealed class Visit : IAsyncDisposable
{
    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(Path.Combine(Repository.Root, "node_modules", "axe-core", "axe.min.js")));
    private const string Overhang = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _problems = [];
    private string? _expected;

    internal Visit(IBrowserContext context, IPage page, Screen screen, string? scheme)
    {
        (_context, Page, Screen, Scheme) = (context, page, screen, scheme);
        // A refused form is an answer, not a fault; the browser reports every answer from 400 on.
        page.Console += (_, message) => Note(message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal), $"console: {message.Text} ({message.Location})");
        page.PageError += (_, error) => Note(true, $"script: {error}");
        page.Response += (_, response) => Note(
            response.Status >= 500 || (response.Status >= 400 && response.Request.ResourceType is "stylesheet" or "script" or "image" or "font"), $"{response.Status} {response.Url}");
    }

    public IPage Page { get; }
    public Screen Screen { get; }
    public string? Scheme { get; }
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>Opens a path of the host and waits for the page; anything but a good answer fails.</summary>
    public async Task<IResponse> Go(string path, int expected = 200)
    {
        var response = await Page.GotoAsync(path) ?? throw new InvalidOperationException($"{path} gave no answer.");
        Assert.True(response.Status == expected, $"{path} answered {response.Status} instead of {expected}.");
        return response;
    }

    /// <summary>No violation of WCAG 2.1 A and AA that a machine can find on the page as it is now.</summary>
    public async Task MustBeAccessible()
    {
        var violations = await Violations("'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'");
        Assert.True(violations.Count == 0, $"{Page.Url}\n" + string.Join('\n', violations));
    }

    /// <summary>The page as it is on a desktop and on a phone, dark and light, with a picture of each, without loading it again. In the second scheme only the colours are new.</summary>
    public async Task<IReadOnlyList<string>> FaultsOnAllScreens(string name)
    {
        var faults = new List<string>();
        foreach (var (width, height) in new[] { (1440, 900), (390, 844) })
        {
            await Page.SetViewportSizeAsync(width, height);
            var over = await Page.EvaluateAsync<int>(Overhang);
            if (over > 0) faults.Add($"{Page.Url} at {width}: {over} px wider than the screen");
            foreach (var (scheme, rules) in new[] { ("dark", "'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'"), ("light", "'color-contrast'") })
            {
                // Visitors of the tests want no motion, so the colours are there at once.
                await Page.EvaluateAsync("scheme => document.documentElement.setAttribute('data-bs-theme', scheme)", scheme);
                faults.AddRange((await Violations(rules)).Select(violation => $"{Page.Url} at {width}, {scheme}: {violation}"));
                await Keep(name, width, scheme);
            }
        }

        return faults;
    }

    /// <summary>A picture small enough to keep one of every page.</summary>
    private Task Keep(string name, int width, string scheme) => Page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Path.Combine(Repository.Root, "artifacts", "screenshots", "pages", $"{name}-{width}-{scheme}.jpg"), FullPage = true, Type = ScreenshotType.Jpeg, Quality = 60,
    });

    private async Task<IReadOnlyList<string>> Violations(string rules)
    {
        if (!await Page.EvaluateAsync<bool>("() => 'axe' in window")) await Page.EvaluateAsync(Axe.Value);
        var report = await Page.EvaluateAsync<JsonElement>($$"""
            async () => (await axe.run(document, { runOnly: [{{rules}}], resultTypes: ['violations'] }))
              .violations.flatMap(v => v.nodes.map(n => `${v.id}: ${v.help}: ${n.html.slice(0, 160)} ${n.any.concat(n.all).map(c => c.message).join(' ').slice(0, 240)}`))
            """);
        return [.. report.EnumerateArray().Select(element => element.GetString()!)];
    }

    /// <summary>On a phone nothing may hang over the right edge.</summary>
    public async Task MustFitItsWidth()
    {
        var over = await Page.EvaluateAsync<int>(Overhang);
        Assert.True(over <= 0, $"{Page.Url} is {over} px wider than the screen.");
    }

    /// <summary>Keeps a picture of the whole page in <c>artifacts/screenshots</c>, named for the screen and scheme too.</summary>
    public Task Picture(string name) => Page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Path.Combine(Repository.Root, "artifacts", "screenshots", $"{name}-{(Screen is Screen.Desktop ? 1440 : 390)}{(Scheme is null ? "" : "-" + Scheme)}.png"), FullPage = true,
    });

    /// <summary>What every page must pass, with its picture.</summary>
    public async Task LooksRight(string name)
    {
        await MustBeAccessible();
        await MustFitItsWidth();
        await Picture(name);
    }

    /// <summary>Problems with these words are what the test brings about itself.</summary>
    public void Expect(string words) => _expected = words;

    private void Note(bool isProblem, string problem)
    {
        if (isProblem && (_expected is null || !problem.Contains(_expected, StringComparison.Ordinal))) _problems.Enqueue(problem);
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.True(_problems.IsEmpty, string.Join('\n', _problems));
    }
}
