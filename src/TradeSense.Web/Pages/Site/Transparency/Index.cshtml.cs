using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Analytics.Transparency;

namespace TradeSense.Web.Pages.Site.Transparency;

/// <summary>What this brand's own tables say about it: verdicts, appeals, payouts. Each figure opens the list it counts.</summary>
public sealed class IndexModel(BrandRecord record) : TradeSensePage
{
    public static IReadOnlyList<(int Days, string Words)> Periods { get; } = [(30, "30 days"), (90, "90 days"), (365, "A year"), (0, "All time")];

    [BindProperty(SupportsGet = true)] public int Days { get; set; } = 90;

    /// <summary>verdicts, appeals or payouts; anything else is verdicts.</summary>
    [BindProperty(SupportsGet = true)] public string? List { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")] public int PageNumber { get; set; } = 1;

    public BrandRecord.Figures Figures { get; private set; } = null!;
    public BrandRecord.Page<BrandRecord.Verdict>? Verdicts { get; private set; }
    public BrandRecord.Page<BrandRecord.AppealLine>? Appeals { get; private set; }
    public BrandRecord.Page<BrandRecord.PayoutLine>? Payouts { get; private set; }
    public string FirmName => Tenant.Name;

    public async Task OnGet(CancellationToken ct)
    {
        (Days, PageNumber) = (Periods.Any(period => period.Days == Days) ? Days : 90, Math.Clamp(PageNumber, 1, 100_000));
        Figures = await record.Read(Days, ct);
        if (List is "appeals") Appeals = await record.Appeals(Days, PageNumber, ct);
        else if (List is "payouts") Payouts = await record.Payouts(Days, PageNumber, ct);
        else Verdicts = await record.Verdicts(Days, PageNumber, ct);
    }

    public string Link(string list) => $"/transparency?days={Days}&list={list}#list";
}
