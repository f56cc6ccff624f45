using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Risk;

/// <summary>
/// Which transactions last wrote what an account's page shows: its row, its challenge with phases, certificates and contract, its incidents and paid payouts. One round trip under the
/// tenant's wall, shared by all who ask at the moment, without a transaction of its own; as long as the text is the same, a page made before is still true.
/// </summary>
public sealed class AccountStanding(StandingRounds rounds, CurrentTenant tenant)
{
    /// <param name="userId">The trader who asks.</param>
    /// <returns>Null when the trader has no such account.</returns>
    public Task<string?> Of(Guid accountId, Guid userId, CancellationToken ct) => rounds.Of(tenant.Id, accountId, userId, ct);
}
