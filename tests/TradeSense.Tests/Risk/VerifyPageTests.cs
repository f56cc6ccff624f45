using System.Net;
using System.Text;
using TradeSense.Modules.Risk.Heads;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Risk;

public sealed class VerifyPageTests(Site site)
{
    [Fact]
    public async Task Anyone_with_the_address_sees_the_verdict_worked_out_again_and_nobodys_name()
    {
        await using var desk = await TestDesk.Open(site);
        var receipt = await BreachedAccount.Receipt(site, desk);
        await desk.Firm.Run<SignDailyHead, JournalHead?>(sign => sign.Run(default));
        var visitor = desk.Firm.Client();

        var page = (await visitor.Get($"/verify/{receipt}")).Ok();

        Assert.Contains("this verdict stands", page.Text, StringComparison.Ordinal);
        Assert.Contains("Equity rose above the peak", page.TextOf("#floors"), StringComparison.Ordinal);
        Assert.Contains("The signature is good", page.TextOf("#seals"), StringComparison.Ordinal);
        var person = (await desk.Rows("select u.user_name, u.email, a.number from breaches b join users u on u.tenant_id = b.tenant_id and u.id = b.user_id join trading_accounts a on a.tenant_id = b.tenant_id and a.id = b.account_id where b.id = $1", receipt))[0];
        Assert.DoesNotContain((string)person[0]!, page.Source, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain((string)person[1]!, page.Source, StringComparison.OrdinalIgnoreCase);
        (await visitor.Get($"/verify/{Guid.CreateVersion7()}")).Is(HttpStatusCode.NotFound);
        await using var other = await TestFirm.Create(site);
        (await other.Client().Get($"/verify/{receipt}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_file_handed_in_is_told_to_the_field_what_was_altered()
    {
        await using var desk = await TestDesk.Open(site);
        var receipt = await BreachedAccount.Receipt(site, desk);
        var bundle = (await desk.Firm.Run<EvidenceExport, EvidenceBundle?>(export => export.Run(receipt, null, default)))!;
        var visitor = desk.Firm.Client();
        var form = (await visitor.Get("/verify")).Ok().Form("#upload-form");

        var whole = (await form.Upload("Bundle", "evidence.json", "application/json", Encoding.UTF8.GetBytes(bundle.Write()))).Ok();
        Assert.Contains("This file is whole", whole.Text, StringComparison.Ordinal);

        var line = bundle.Quotes[^1].Line;
        var altered = line.Replace("1.09310", "1.09390", StringComparison.Ordinal);
        var told = (await form.Upload("Bundle", "evidence.json", "application/json", Encoding.UTF8.GetBytes(bundle.Write().Replace(line, altered, StringComparison.Ordinal)))).Ok();
        Assert.Contains("This file was altered", told.Text, StringComparison.Ordinal);
        Assert.Contains(line, told.TextOf("#differences"), StringComparison.Ordinal);
        Assert.Contains(altered, told.TextOf("#differences"), StringComparison.Ordinal);

        Assert.Contains("no evidence bundle", (await form.Upload("Bundle", "x.json", "application/json", "hello"u8.ToArray())).Ok().Text, StringComparison.Ordinal);
        (await form.Submit(new { })).Is(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_strangers_file_holds_by_the_strangers_key_and_is_said_to_prove_nothing()
    {
        await using var desk = await TestDesk.Open(site);
        var receipt = await BreachedAccount.Receipt(site, desk);
        var bundle = (await desk.Firm.Run<EvidenceExport, EvidenceBundle?>(export => export.Run(receipt, null, default)))!;
        using var forger = new Forger();
        var unknown = forger.Sign(bundle with { Receipt = Guid.CreateVersion7() });
        var ofOurs = forger.Sign(bundle, quotes: quotes => quotes.SkipLast(1));
        Assert.True(VerifyBundle.Run(unknown.Write()).Stands);

        Assert.Contains($"This file was not signed by {desk.Firm.Tenant.Name}", await Told(desk, unknown.Write()), StringComparison.Ordinal);
        Assert.DoesNotContain("This file is whole", await Told(desk, unknown.Write()), StringComparison.Ordinal);
        var beside = await Told(desk, ofOurs.Write());
        Assert.Contains($"This file was not signed by {desk.Firm.Tenant.Name}", beside, StringComparison.Ordinal);
        Assert.Contains("seal.fingerprint", beside, StringComparison.Ordinal);
        Assert.Contains($"bundle.quotes[{bundle.Quotes.Count - 1}]", beside, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_firm_changed_its_record_the_traders_file_is_said_to_hold_and_the_record_to_differ()
    {
        await using var desk = await TestDesk.Open(site);
        var receipt = await BreachedAccount.Receipt(site, desk);
        var bundle = (await desk.Firm.Run<EvidenceExport, EvidenceBundle?>(export => export.Run(receipt, null, default)))!;
        await AsOwner($"update journal_entries set body = replace(body, '\"price\":1.1001', '\"price\":1.1011') where account_id = '{bundle.Account}' and sequence = 2");

        var told = await Told(desk, bundle.Write());

        Assert.Contains($"This file is as {desk.Firm.Tenant.Name} signed it; the record stored here is another", told, StringComparison.Ordinal);
        Assert.DoesNotContain("was altered", told, StringComparison.Ordinal);
        Assert.Contains("bundle.journal[1].body.price", told, StringComparison.Ordinal);
        Assert.Contains("does not follow from its evidence", (await desk.Firm.Client().Get($"/verify/{receipt}")).Ok().Text, StringComparison.Ordinal);
        var changed = (await desk.Firm.Run<EvidenceExport, EvidenceBundle?>(export => export.Run(receipt, null, default)))!;
        Assert.Contains("neither does the record", await Told(desk, changed.Write()), StringComparison.Ordinal);

        await AsOwner($"delete from receipt_seals where id = '{receipt}'; delete from breaches where id = '{receipt}'");
        Assert.Contains("no such verdict here any more", await Told(desk, bundle.Write()), StringComparison.Ordinal);
    }

    private static async Task<string> Told(TestDesk desk, string file) =>
        (await (await desk.Firm.Client().Get("/verify")).Ok().Form("#upload-form").Upload("Bundle", "evidence.json", "application/json", Encoding.UTF8.GetBytes(file))).Ok().TextOf("#file-check");

    /// <summary>What somebody with the database's own password does.</summary>
    private async Task AsOwner(string sql)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(site.Database.Options.Owner);
        await using var command = source.CreateCommand(sql);
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Heads_and_key_are_published_as_files_that_fit_each_other()
    {
        await using var desk = await TestDesk.Open(site);
        await desk.Account();
        var head = (await desk.Firm.Run<SignDailyHead, JournalHead?>(sign => sign.Run(default)))!;
        var visitor = desk.Firm.Client();

        Assert.Contains(head.Root, (await visitor.Get("/verify/heads")).Ok().Text, StringComparison.Ordinal);
        Assert.Contains(head.Signature, (await visitor.Get($"/verify/heads/{head.Day:yyyy-MM-dd}")).Ok().Text, StringComparison.Ordinal);
        Assert.Equal(head.Text, (await visitor.Get($"/verify/heads/{head.Day:yyyy-MM-dd}?handler=Text")).Source);
        var chain = HeadChain.Read((await visitor.Get("/verify/heads?handler=Chain")).Source)!;
        Assert.Equal((head.Text, head.Fingerprint), (Assert.Single(chain).Text, chain[0].Fingerprint));
        Assert.Empty(HeadChain.Check(chain, [head.Fingerprint]));
        Assert.Contains("BEGIN PUBLIC KEY", (await visitor.Get($"/verify/heads?handler=Key&fingerprint={head.Fingerprint}")).Source, StringComparison.Ordinal);
        (await visitor.Get("/verify/heads/2001-01-01")).Is(HttpStatusCode.NotFound);
        (await visitor.Get("/verify/heads/nonsense")).Is(HttpStatusCode.NotFound);
    }
}
