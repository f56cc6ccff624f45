using TradeSense.Modules.Audit;

namespace TradeSense.Web.Pages.Firm.Audit;

/// <summary>A page of the audit trail as the consoles of firm and platform show it.</summary>
public sealed record AuditTable(IReadOnlyList<AuditList.Row> Rows, int Total, int Page, int Pages, string? Search);
