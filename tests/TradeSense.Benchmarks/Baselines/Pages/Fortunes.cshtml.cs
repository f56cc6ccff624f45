using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace TradeSense.Baselines.Pages;

/// <summary>The page frameworks are compared with: read a dozen rows, add one, sort, render.</summary>
public sealed class FortunesModel(FortuneDb db) : PageModel
{
    private static readonly Func<FortuneDb, IAsyncEnumerable<Fortune>> All = EF.CompileAsyncQuery((FortuneDb fortunes) => fortunes.Fortunes.AsNoTracking());

    public List<Fortune> Rows { get; } = [];

    public async Task OnGet()
    {
        await foreach (var row in All(db)) Rows.Add(row);
        Rows.Add(new Fortune(0, "Additional fortune added at request time."));
        Rows.Sort((one, other) => string.CompareOrdinal(one.Message, other.Message));
    }
}
