namespace TradeSense.Tests.Fixture;

/// <summary>Double entry means that what one account gains another gives: a firm's postings sum to zero in every currency, after every test.</summary>
public static class LedgerProof
{
    public static async Task MustHold(TestFirm firm)
    {
        if ((await firm.Site.Audit("select to_regclass('ledger_postings') is not null"))[0][0] is not true) return;

        var wrong = await firm.Site.Audit("select currency, sum(amount) from ledger_postings where tenant_id = $1 group by currency having sum(amount) <> 0", firm.Tenant.Id);
        if (wrong.Count > 0) throw new InvalidOperationException($"The ledger of {firm.Tenant.Slug} does not sum to zero: " + string.Join(", ", wrong.Select(row => $"{row[1]} {row[0]}")));
    }
}
