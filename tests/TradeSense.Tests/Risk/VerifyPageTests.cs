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
    public async Task Heads_and_key_are_published_as_files_that_fit_each_other()
    {
        await using var desk = await TestDesk.Open(site);
        await desk.Account();
        var head = (await desk.Firm.Run<SignDailyHead, JournalHead?>(sign => sign.Run(default)))!;
        var visitor = desk.Firm.Client();

        Assert.Contains(head.Root, (await visitor.Get("/verify/heads")).Ok().Text, StringComparison.Ordinal);
        Assert.Contains(head.Signature, (await visitor.Get($"/verify/heads/{head.Day:yyyy-MM-dd}")).Ok().Text, StringComparison.Ordinal);
        Assert.Equal(head.Text, (await visitor.Get($"/verify/heads/{head.Day:yyyy-MM-dd}?handler=Text")).Source);
        Assert.Contains("BEGIN PUBLIC KEY", (await visitor.Get($"/verify/heads?handler=Key&fingerprint={head.Fingerprint}")).Source, StringComparison.Ordinal);
        (await visitor.Get("/verify/heads/2001-01-01")).Is(HttpStatusCode.NotFound);
        (await visitor.Get("/verify/heads/nonsense")).Is(HttpStatusCode.NotFound);
    }
}
