namespace TradeSense.Web.Pages.Shared;

/// <summary>One entry of a console's navigation. <paramref name="Permission"/> hides it from staff who may not open it; the page's own policy is the lock.</summary>
/// <param name="Short">The label under the icon of a phone's bottom bar, when the full one is too long.</param>
public sealed record NavItem(string Href, string Label, string Icon, string? Permission = null, string? Short = null);

/// <summary>What stands in a console's navigation, in order.</summary>
public sealed record AppNav(string Title, IReadOnlyList<NavItem> Items)
{
    public static AppNav Trader { get; } = new("Trading",
    [
        new("/trader", "Dashboard", "layout-dashboard", Short: "Home"),
        new("/trader/terminal", "Terminal", "chart-candle", Short: "Trade"),
        new("/trader/calendar", "Calendar", "calendar-event"),
        new("/trader/alerts", "Price alerts", "bell-plus", Short: "Prices"),
        new("/trader/payouts", "Payouts", "cash"),
        new("/trader/kyc", "Documents", "id", Short: "Verify"),
        new("/trader/notifications", "Notifications", "bell", Short: "Alerts"),
        new("/trader/profile", "Profile", "user-circle"),
    ]);

    public static AppNav Firm { get; } = new("Firm console",
    [
        new("/firm", "Overview", "layout-dashboard", "SeeOverview"),
        new("/firm/models", "Challenge models", "target", "ManageModels"),
        new("/firm/traders", "Traders", "users", "SeeTraders"),
        new("/firm/accounts", "Accounts", "wallet", "SeeTraders"),
        new("/firm/incidents", "Incidents", "alert-triangle", "DecideAppeals"),
        new("/firm/kyc", "KYC", "id", "ReviewKyc"),
        new("/firm/payouts", "Payouts", "cash", "SeeMoney"),
        new("/firm/appeals", "Appeals", "scale", "DecideAppeals"),
        new("/firm/money", "Money", "coins", "SeeMoney"),
        new("/firm/gateways", "Ways to pay", "credit-card", "ManageBrand"),
        new("/firm/theme", "Theme", "palette", "ManageBrand"),
        new("/firm/staff", "Staff", "users-group", "ManageStaff"),
        new("/firm/audit", "Audit", "history", "SeeAudit"),
    ]);

    public static AppNav Platform { get; } = new("Platform",
    [
        new("/platform", "Overview", "layout-dashboard"),
        new("/platform/tenants", "Tenants", "world"),
        new("/platform/health", "Health", "heartbeat"),
        new("/platform/incidents", "Incidents", "alert-triangle"),
        new("/platform/calendar", "Calendar", "calendar-event"),
        new("/platform/audit", "Audit", "history"),
    ]);

    /// <summary>The entry of the page: the longest address the path starts with.</summary>
    public NavItem? Current(PathString path) => Items.Where(item => path.StartsWithSegments(item.Href)).MaxBy(item => item.Href.Length);
}
