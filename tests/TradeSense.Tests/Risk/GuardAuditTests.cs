using Npgsql;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Risk.Heads;
using TradeSense.Tests.Fixture;
using TradeSense.Web.Commands;

namespace TradeSense.Tests.Risk;

/// <summary>Whoever owns the database may write any row. What was done to the trail is named all the same.</summary>
public sealed class GuardAuditTests(Site site)
{
    [Fact]
    public async Task A_trail_nobody_touched_holds_and_its_end_is_signed_once()
    {
        await using var firm = await TestFirm.Create(site);
        await Entries(firm, 5);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => firm.Run<GuardAudit, VerifyAudit.Outcome>(guard => guard.Run(default))));
        await Entries(firm, 1);
        await firm.Run<GuardAudit, VerifyAudit.Outcome>(guard => guard.Run(default));

        Assert.All(outcomes, outcome => Assert.True(outcome.Holds, outcome.Trouble));
        var last = await firm.Run<VerifyAudit, VerifyAudit.Outcome>(verify => verify.Run(default));
        Assert.Equal((true, 2), (last.Holds, last.Heads));
        Assert.Equal((0, $"The audit trail of {firm.Tenant.Slug} holds: {last.Entries} entries, the last with hash {last.Head}."), await Verify(firm.Tenant.Slug));
        Assert.Equal(2, (await Verify("nobody")).Code);
    }

    [Theory]
    [InlineData("update audit_entries set details = '{\"amount\":1}' where tenant_id = $1 and sequence = 3", "entry 3 was changed")]
    [InlineData("update audit_entries set actor = 'somebody else' where tenant_id = $1 and sequence = 1", "entry 1 was changed")]
    [InlineData("delete from audit_entries where tenant_id = $1 and sequence = 2", "entry 2 is missing")]
    [InlineData("delete from audit_entries where tenant_id = $1 and sequence > 3", "the end is missing: there are 3 entries")]
    [InlineData("delete from audit_entries where tenant_id = $1", "the end is missing: there are 0 entries")]
    [InlineData("update audit_entries set hash = md5(hash) || md5(hash) where tenant_id = $1 and sequence = 4", "entry 4 was changed")]
    [InlineData("update audit_heads set sequence = sequence - 1 where tenant_id = $1", "the signature over entry")]
    public async Task What_was_altered_removed_or_cut_off_is_named_and_never_signed_over(string tampering, string trouble)
    {
        await using var own = await Site.Start(TimeProvider.System, null);
        await using var firm = await TestFirm.Create(own);
        await using var platform = await TestFirm.CreatePlatform(own);
        await Entries(firm, 6);
        Assert.True((await firm.Run<GuardAudit, VerifyAudit.Outcome>(guard => guard.Run(default))).Holds);

        await Tamper(own, tampering, firm.Tenant.Id);
        var outcome = await firm.Run<GuardAudit, VerifyAudit.Outcome>(guard => guard.Run(default));

        Assert.StartsWith(trouble, outcome.Trouble, StringComparison.Ordinal);
        Assert.Equal(1L, (await own.Audit("select count(*) from audit_heads where tenant_id = $1", firm.Tenant.Id))[0][0]);
        var health = (await (await platform.Staff(Role.PlatformStaff)).Browser.Get("/platform/health")).Ok();
        Assert.Contains("the trail does not hold", health.TextOf("#health-facts"), StringComparison.Ordinal);
        Assert.Contains(trouble, health.TextOf("#health-facts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rewriting_the_whole_trail_with_right_hashes_does_not_get_past_what_was_signed()
    {
        await using var firm = await TestFirm.Create(site);
        await Entries(firm, 4);
        await firm.Run<GuardAudit, VerifyAudit.Outcome>(guard => guard.Run(default));

        await firm.Run(async services => await Rewrite(firm, ((AuditTrail?)services.GetService(typeof(AuditTrail)))!));

        var outcome = await firm.Run<VerifyAudit, VerifyAudit.Outcome>(verify => verify.Run(default));
        Assert.Contains("is not the one that was signed", outcome.Trouble, StringComparison.Ordinal);
    }

    /// <summary>Empties the trail as the owner and writes as many entries anew, properly chained.</summary>
    private static async Task Rewrite(TestFirm firm, AuditTrail audit)
    {
        var count = (long)(await firm.Site.Audit("select count(*) from audit_entries where tenant_id = $1", firm.Tenant.Id))[0][0]!;
        await Tamper(firm.Site, "delete from audit_entries where tenant_id = $1", firm.Tenant.Id);
        for (var i = 0; i < count; i++) await audit.Record("test.rewritten", $"test:{i}", null, default);
    }

    private static Task Entries(TestFirm firm, int count) => firm.Run<AuditTrail, bool>(async audit =>
    {
        for (var i = 0; i < count; i++) await audit.Record("test.done", $"test:{i}", new { amount = i }, default);
        return true;
    });

    private static async Task Tamper(Site site, string sql, Guid tenant)
    {
        await using var owner = NpgsqlDataSource.Create(site.Database.Options.Owner);
        await using var command = owner.CreateCommand(sql);
        command.Parameters.Add(new() { Value = tenant });
        Assert.True(await command.ExecuteNonQueryAsync() > 0);
    }

    private async Task<(int Code, string Said)> Verify(string slug)
    {
        using var output = new StringWriter();
        var code = await VerifyAuditCommand.Run(site.Services, slug, output, output);
        return (code, output.ToString().Split(Environment.NewLine)[0]);
    }
}
