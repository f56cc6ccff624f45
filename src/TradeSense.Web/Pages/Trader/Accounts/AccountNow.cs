using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Web.Pages.Trader.Terminal;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Web.Pages.Trader.Accounts;

/// <summary>What quotes move on an account's page, from the engine's picture: no database. Equal models show the same.</summary>
public sealed class AccountNow(TerminalScreen terminal, CurrentTenant tenant, TenantFormat format)
{
    /// <summary>Null only in the moment before the engine has opened the account.</summary>
    public Objectives? Objectives(AccountPicture.Picture picture) =>
        picture.View is { } view ? ObjectivesOf.View(view, TerminalScreen.StatusOf(RowOf(picture.Account), view), tenant.Value.CultureInfo, format).ToTheSecond() : null;

    public PositionTable Positions(AccountPicture.Picture picture) => terminal.Positions(RowOf(picture.Account), picture.View, "");

    private static TraderAccounts.Row RowOf(TradingAccount account) => new(
        account.Id, account.Number, account.ChallengeId, account.PhaseIndex, account.PhaseName, account.Status, account.Currency, account.Balance, account.TermsNow, account.CreatedAt);
}
