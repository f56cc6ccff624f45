using System.Net;
using TradeSense.Modules.Identity;
using TradeSense.Tests.Challenges;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Kyc;

namespace TradeSense.Tests.Firm;

/// <summary>From the document to the signature, through the pages of trader and firm.</summary>
public sealed class ContractPageTests(Site site)
{
    [Fact]
    public async Task An_approved_identity_leads_to_the_contract_and_the_signature_to_the_funded_account()
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, owner) = (await firm.Trader(), await firm.Staff(Role.Owner));
        var id = await firm.Buy(trader, await firm.Sell());
        await firm.DrainOutbox();
        await firm.Pass(await firm.Challenge(trader, id));
        await firm.Pass(await firm.Challenge(trader, id));
        Assert.Equal(HttpStatusCode.NotFound, (await trader.Browser.Get($"/trader/contract/{id}")).Status);

        await KycPagesTests.HandIn(trader, SampleDocument.Png());
        await (await owner.Browser.Get("/firm/kyc")).Form("#approve-form").Submit();
        await firm.DrainOutbox();

        var contract = (await trader.Browser.Get($"/trader/contract/{id}")).Ok();
        var wrong = await contract.Form("#sign-form").Submit(new { SignedName = "Somebody Else", Agree = true });
        Assert.Contains("exactly as it stands", wrong.Is(HttpStatusCode.UnprocessableEntity).TextOf("#Form_SignedName-error"));
        var silent = await contract.Form("#sign-form").Submit(new { SignedName = trader.UserName });
        Assert.Contains("agree", silent.Is(HttpStatusCode.UnprocessableEntity).TextOf("#Form_Agree-error"));
        var stranger = await firm.Trader();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.Get($"/trader/contract/{id}")).Status);

        var signed = await contract.Form("#sign-form").Submit(new { SignedName = trader.UserName, Agree = true });

        Assert.Contains(trader.UserName, signed.Ok().TextOf("#signature"));
        Assert.Equal(Modules.Challenges.ChallengeStatus.Funded, (await firm.Challenge(trader, id)).Status);
    }
}
