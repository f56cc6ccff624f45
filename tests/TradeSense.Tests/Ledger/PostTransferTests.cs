using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Database;
using TradeSense.Modules.Ledger;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Ledger;

public sealed class PostTransferTests(Site site)
{
    private static PostTransfer.Request Sale(string key, decimal gross, decimal fee) => new(
        key, LedgerTransferKind.Sale, "order:1", "Order 1",
        [
            new(LedgerAccountName.GatewayClearing("sandbox"), Usd(gross - fee)), new(LedgerAccountName.GatewayFees("sandbox"), Usd(fee)),
            new(LedgerAccountName.Sales, -Usd(gross)),
        ]);

    private static Money Usd(decimal amount) => new(amount, Currency.Usd);

    [Fact]
    public async Task A_sale_is_in_the_books_gross_with_the_gateways_fee_beside_it()
    {
        await using var firm = await TestFirm.Create(site);

        await firm.Run<PostTransfer, Result<Guid>>(post => post.Run(Sale("sale:1", 49.00m, 1.72m), default));

        var lines = await firm.Run<LedgerStatement, IReadOnlyList<LedgerStatement.Line>>(statement => statement.Of("order:1", default));
        Assert.Equal(["GatewayClearing 47.28", "GatewayFees 1.72", "Sales -49.00"],
            lines.Select(line => FormattableString.Invariant($"{line.Account} {line.Amount.Amount:0.00}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_same_key_with_the_same_content_gives_the_earlier_transfer()
    {
        await using var firm = await TestFirm.Create(site);

        var first = await firm.Run<PostTransfer, Result<Guid>>(post => post.Run(Sale("sale:1", 49m, 1m), default));
        var again = await firm.Run<PostTransfer, Result<Guid>>(post => post.Run(Sale("sale:1", 49m, 1m), default));

        Assert.Equal(first.Value, again.Value);
        Assert.Equal(3, await Count(firm));
    }

    [Fact]
    public async Task The_same_key_with_other_content_is_refused_and_posts_nothing()
    {
        await using var firm = await TestFirm.Create(site);
        await firm.Run<PostTransfer, Result<Guid>>(post => post.Run(Sale("sale:1", 49m, 1m), default));

        var other = await firm.Run<PostTransfer, Result<Guid>>(post => post.Run(Sale("sale:1", 48m, 1m), default));

        Assert.Equal(LedgerRefusal.KeyReused, other.Refusal);
        Assert.Equal(3, await Count(firm));
    }

    [Fact]
    public async Task Two_firms_may_use_the_same_key()
    {
        await using var ours = await TestFirm.Create(site);
        await using var theirs = await TestFirm.Create(site);

        var first = await ours.Run<PostTransfer, Result<Guid>>(post => post.Run(Sale("sale:1", 49m, 1m), default));
        var second = await theirs.Run<PostTransfer, Result<Guid>>(post => post.Run(Sale("sale:1", 59m, 1m), default));

        Assert.NotEqual(first.Value, second.Value);
    }

    [Fact]
    public async Task An_unbalanced_transfer_never_reaches_the_database()
    {
        await using var firm = await TestFirm.Create(site);
        var lopsided = new PostTransfer.Request("x", LedgerTransferKind.Sale, "order:1", "", [new(LedgerAccountName.Bank, Usd(1m)), new(LedgerAccountName.Sales, Usd(-2m))]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => firm.Run<PostTransfer, Result<Guid>>(post => post.Run(lopsided, default)));

        Assert.Equal(0, await Count(firm));
    }

    [Theory]
    [InlineData("insert into ledger_postings select tenant_id, gen_random_uuid(), transfer_id, account_id, 5, currency from ledger_postings where amount > 40 limit 1", "23514")]
    [InlineData("insert into ledger_transfers select tenant_id, gen_random_uuid(), 'other', fingerprint, kind, subject, description, null, 2, at from ledger_transfers", "23514")]
    [InlineData("update ledger_postings set amount = amount * 2", "42501")]
    [InlineData("delete from ledger_postings", "42501")]
    [InlineData("update ledger_transfers set description = ''", "42501")]
    [InlineData("truncate ledger_postings", "42501")]
    public async Task The_database_itself_refuses(string sql, string state)
    {
        await using var firm = await TestFirm.Create(site);
        await firm.Run<PostTransfer, Result<Guid>>(post => post.Run(Sale("sale:1", 49m, 1m), default));

        var refused = await Assert.ThrowsAsync<PostgresException>(() => firm.Run(services => services.GetRequiredService<TradeSenseDb>().Database.ExecuteSqlRawAsync(sql)));

        Assert.Equal(state, refused.SqlState);
    }

    [Fact]
    public async Task Balanced_postings_cannot_be_slipped_into_an_old_transfer()
    {
        await using var firm = await TestFirm.Create(site);
        await firm.Run<PostTransfer, Result<Guid>>(post => post.Run(Sale("sale:1", 49m, 1m), default));
        const string Slip = """
            insert into ledger_postings select tenant_id, gen_random_uuid(), transfer_id, account_id, 5, currency from ledger_postings where amount > 40;
            insert into ledger_postings select tenant_id, gen_random_uuid(), transfer_id, account_id, -5, currency from ledger_postings where amount > 40
            """;

        var refused = await Assert.ThrowsAsync<PostgresException>(() => firm.Run(services => services.GetRequiredService<TradeSenseDb>().Database.ExecuteSqlRawAsync(Slip)));

        Assert.Contains("postings, not the 3", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lopsided_transfer_written_past_the_code_is_refused_by_the_database()
    {
        await using var firm = await TestFirm.Create(site);
        await firm.Run<PostTransfer, Result<Guid>>(post => post.Run(Sale("sale:1", 49m, 1m), default));
        const string Lopsided = """
            insert into ledger_transfers select tenant_id, gen_random_uuid(), 'lopsided', fingerprint, kind, subject, description, null, 2, at from ledger_transfers;
            insert into ledger_postings select t.tenant_id, gen_random_uuid(), t.id, p.account_id, 5, p.currency
            from ledger_transfers t, ledger_postings p where t.idempotency_key = 'lopsided' and p.amount in (48, 1)
            """;

        var refused = await Assert.ThrowsAsync<PostgresException>(() => firm.Run(services => services.GetRequiredService<TradeSenseDb>().Database.ExecuteSqlRawAsync(Lopsided)));

        Assert.Contains("does not sum to zero in USD", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reversal_brings_every_account_back_and_happens_once()
    {
        await using var firm = await TestFirm.Create(site);
        var sale = await firm.Run<PostTransfer, Result<Guid>>(post => post.Run(Sale("sale:1", 49m, 1m), default));

        var first = await firm.Run<ReverseTransfer, Result<Guid>>(reverse => reverse.Run(new(sale.Value, "undo:1", "Ordered twice"), default));
        var again = await firm.Run<ReverseTransfer, Result<Guid>>(reverse => reverse.Run(new(sale.Value, "undo:1", "Ordered twice"), default));
        var twice = await firm.Run<ReverseTransfer, Result<Guid>>(reverse => reverse.Run(new(sale.Value, "undo:2", "Ordered twice"), default));

        Assert.Equal(first.Value, again.Value);
        Assert.Equal(LedgerRefusal.AlreadyReversed, twice.Refusal);
        Assert.Equal(Usd(0m), await firm.Run<LedgerStatement, Money>(statement => statement.Balance(LedgerAccountName.Sales, Currency.Usd, default)));
    }

    [Fact]
    public async Task Fifty_transfers_with_one_key_at_once_are_one_transfer()
    {
        await using var firm = await TestFirm.Create(site);

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => firm.Run<PostTransfer, Result<Guid>>(post => post.Run(Sale("sale:1", 49m, 1m), default))));

        Assert.Single(results.Select(result => result.Value).Distinct());
        Assert.Equal(3, await Count(firm));
    }

    private static Task<int> Count(TestFirm firm) => firm.Run(services => services.GetRequiredService<TradeSenseDb>().Set<LedgerPosting>().CountAsync());
}
