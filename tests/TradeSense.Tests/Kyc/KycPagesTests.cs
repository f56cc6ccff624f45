using System.Net;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Kyc;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Kyc;

public sealed class KycPagesTests(Site site)
{
    [Fact]
    public async Task A_trader_hands_in_a_passport_and_is_approved_by_the_firm()
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, risk) = (await firm.Trader(), await firm.Staff(Role.Risk));

        Assert.Empty((await trader.Browser.Get("/trader/kyc")).Ok().All(".next-steps__done"));
        var handedIn = await HandIn(trader, SampleDocument.Png());
        Assert.Single(handedIn.All(".next-steps__done"));
        Assert.Contains("in review", handedIn.Ok().TextOf("#standing"));
        Assert.False(handedIn.Has("#document-form"));

        var queue = await risk.Browser.Get("/firm/kyc");
        Assert.Contains(trader.UserName, queue.Ok().TextOf("#case-title"));
        var after = await queue.Form("#approve-form").Submit(new { Tier = 3 });

        Assert.Contains($"{trader.UserName} was approved", after.Ok().Text);
        Assert.Contains("Nobody is waiting", after.Text);
        Assert.Contains("tier 3", (await trader.Browser.Get("/trader/kyc")).Ok().TextOf("#standing"));
        Assert.Contains("verified", await firm.MailTo(trader.Email));
        Assert.Equal(["kyc.approved", "kyc.submitted"], await Actions(firm, "kyc.%"));
    }

    [Fact]
    public async Task A_rejection_says_why_and_the_trader_hands_in_again()
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, support) = (await firm.Trader(), await firm.Staff(Role.Support));
        await HandIn(trader, SampleDocument.Png());

        var queue = await support.Browser.Get("/firm/kyc");
        var bare = await queue.Form("#reject-form").Submit(new { Reason = "no" });
        Assert.Contains("10 to 500", bare.Is(HttpStatusCode.UnprocessableEntity).TextOf("#reject-form"));
        await queue.Form("#reject-form").Submit(new { Reason = "The lower edge is cut off; show all four corners." });

        var page = await trader.Browser.Get("/trader/kyc");
        Assert.Contains("all four corners", page.Ok().TextOf("#standing"));
        await HandIn(trader, SampleDocument.Jpeg(), "second.jpg");
        Assert.Contains("round 2", (await support.Browser.Get("/firm/kyc")).Ok().TextOf("#case-list"));
    }

    [Fact]
    public async Task After_a_decision_the_next_case_opens_by_itself()
    {
        await using var firm = await TestFirm.Create(site);
        var (first, second, owner) = (await firm.Trader(), await firm.Trader(), await firm.Staff(Role.Owner));
        await HandIn(first, SampleDocument.Png());
        await HandIn(second, SampleDocument.Png());

        var queue = await owner.Browser.Get("/firm/kyc");
        Assert.Contains(first.UserName, queue.Ok().TextOf("#case-title"));

        Assert.Contains(second.UserName, (await queue.Form("#approve-form").Submit()).Ok().TextOf("#case-title"));
    }

    [Fact]
    public async Task A_document_is_stored_sealed_and_each_look_is_recorded()
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, risk) = (await firm.Trader(), await firm.Staff(Role.Risk));
        var picture = SampleDocument.Png();
        await HandIn(trader, picture);

        var address = (await risk.Browser.Get("/firm/kyc")).Ok().One(".evidence__picture").GetAttribute("src")!;
        var looked = (await risk.Browser.Get(address)).Ok();

        Assert.Equal(picture, looked.Body);
        Assert.Equal("image/png", looked.Headers["Content-Type"]);
        Assert.StartsWith("attachment", looked.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.StartsWith("sandbox; default-src 'none'", looked.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal("no-store", looked.Headers["Cache-Control"]);
        Assert.Equal("nosniff", looked.Headers["X-Content-Type-Options"]);
        Assert.Equal(["kyc.document_viewed", "kyc.submitted"], await Actions(firm, "kyc.%"));
        var kept = await firm.Run(async services => (await TradeSenseRows.Documents(services)).Single());
        Assert.DoesNotContain("IHDR", System.Text.Encoding.Latin1.GetString(kept.Sealed));
    }

    [Fact]
    public async Task Five_minutes_after_the_password_documents_are_locked_until_it_is_shown_again()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        await using var own = await Site.At(clock);
        await using var firm = await TestFirm.Create(own);
        var (trader, risk) = (await firm.Trader(), await firm.Staff(Role.Risk));
        await HandIn(trader, SampleDocument.Png());
        var address = (await risk.Browser.Get("/firm/kyc")).Ok().One(".evidence__picture").GetAttribute("src")!;

        clock.Advance(FreshProof.Lasts);
        (await risk.Browser.Get(address)).Is(HttpStatusCode.Forbidden);
        var locked = (await risk.Browser.Get("/firm/kyc")).Ok();
        Assert.False(locked.Has(".evidence__picture"));
        var wrong = (await locked.Form("#prove-form").Submit(new { Password = "wrong horse battery 9" })).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("not your password", wrong.TextOf("#prove-form"));
        var open = (await wrong.Form("#prove-form").Submit(new { TestFirm.Password })).Ok();

        Assert.True(open.Has(".evidence__picture"));
        (await risk.Browser.Get(address)).Ok();
        Assert.Equal(["kyc.document_viewed", "kyc.submitted"], await Actions(firm, "kyc.%"));
        Assert.Equal(["password.proof_failed", "password.proved"], (await Actions(firm, "password.%")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("id.pdf", "kyc.pdf_active")]
    [InlineData("id.png", "kyc.file_differs")]
    public async Task A_hostile_upload_is_refused_beside_the_field_and_nothing_is_kept(string name, string code)
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();

        var page = await HandIn(trader, SampleDocument.Pdf("/OpenAction << /S /JavaScript /JS (x) >>"), name);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(code == "kyc.pdf_active" ? "scripts, forms or attachments" : "holds something else", page.TextOf("#Form_Front-error"));
        Assert.Empty(await firm.Run(TradeSenseRows.Documents));
    }

    [Fact]
    public async Task A_card_needs_its_back_side()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await firm.Trader();

        var page = await HandIn(trader, SampleDocument.Png(), kind: DocumentKind.NationalId);

        Assert.Contains("back side", page.Is(HttpStatusCode.UnprocessableEntity).TextOf("#Form_Back-error"));
    }

    [Fact]
    public async Task A_case_and_a_document_of_another_firm_do_not_exist_here()
    {
        await using var firm = await TestFirm.Create(site);
        await using var other = await TestFirm.Create(site);
        var (trader, stranger) = (await firm.Trader(), await other.Staff(Role.Owner));
        await HandIn(trader, SampleDocument.Png());
        await HandIn(await other.Trader(), SampleDocument.Png());
        var document = (await firm.Run(TradeSenseRows.Documents)).Single();

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.Get($"/firm/kyc/{document.CaseId}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.Get($"/firm/kyc/documents/{document.Id}")).Status);
        var form = (await stranger.Browser.Get("/firm/kyc")).Form("#approve-form");
        Assert.Equal(HttpStatusCode.NotFound, (await Sent(stranger, form, $"/firm/kyc/{document.CaseId}?handler=Approve")).Status);
        Assert.Contains("in review", (await trader.Browser.Get("/trader/kyc")).Ok().TextOf("#standing"));
    }

    [Fact]
    public async Task Of_two_reviewers_deciding_at_once_one_decides()
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, one, two) = (await firm.Trader(), await firm.Staff(Role.Risk), await firm.Staff(Role.Support));
        await HandIn(trader, SampleDocument.Png());
        var (first, second) = (await one.Browser.Get("/firm/kyc"), await two.Browser.Get("/firm/kyc"));

        var answers = await Task.WhenAll(first.Form("#approve-form").Submit(), second.Form("#reject-form").Submit(new { Reason = "This is not the trader’s own document." }));

        Assert.Single(answers, answer => answer.Status is HttpStatusCode.OK);
        Assert.Single(answers, answer => answer.Status is HttpStatusCode.UnprocessableEntity && answer.Text.Contains("decided a moment ago", StringComparison.Ordinal));
    }

    internal static async Task<Page> HandIn(TestPerson trader, byte[] file, string name = "passport.png", DocumentKind kind = DocumentKind.Passport) =>
        await (await trader.Browser.Get("/trader/kyc")).Ok().Form("#document-form").Upload("Form.Front", name, "application/octet-stream", file, new { Kind = kind.ToString() });

    private static Task<Page> Sent(TestPerson person, HtmlForm form, string path) =>
        person.Browser.Post(path, new FormUrlEncodedContent(form.Fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    private static async Task<string[]> Actions(TestFirm firm, string like) =>
        [.. (await firm.Site.Audit("select action from audit_entries where tenant_id = $1 and action like $2 order by sequence desc", firm.Tenant.Id, like)).Select(row => (string)row[0]!)];
}
