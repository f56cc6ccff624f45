using TradeSense.Modules.Risk.Receipts;

namespace TradeSense.Web.Pages.Site.Verify;

/// <summary>What came of checking somebody's file.</summary>
/// <param name="Stored">How it differs from the evidence stored here, field by field; null when there is no such verdict here.</param>
public sealed record FileCheck(string Name, VerifyBundle.Report Report, IReadOnlyList<Difference>? Stored)
{
    public bool Stands => Report.Stands && Stored is null or { Count: 0 };

    /// <summary>What is shown: the comparison with what is stored names the field and both values; without it, what the file itself gives away.</summary>
    public IReadOnlyList<Difference> Differences => Stored is { Count: > 0 } ? Stored : Report.Differences;
}
