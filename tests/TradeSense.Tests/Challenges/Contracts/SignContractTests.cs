using System.Security.Cryptography;
using System.Text;
using TradeSense.Modules;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Challenges.Contracts;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Challenges.Contracts;

public sealed class SignContractTests(Site site)
{
    [Fact]
    public async Task The_text_holds_the_rules_the_account_runs_under_and_the_hash_of_its_terms()
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, id) = await AtContract(firm);

        var contract = (await Contract(firm, trader, id))!;

        Assert.Contains(contract.ModelHash, contract.Text, StringComparison.Ordinal);
        Assert.Contains("5% of the initial balance ($500)", contract.Text, StringComparison.Ordinal);
        Assert.Contains("80% is yours", contract.Text, StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(contract.Text))), contract.TextHash);
    }

    [Fact]
    public async Task Another_name_an_unticked_box_and_another_text_are_refused_and_nothing_is_signed()
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, id) = await AtContract(firm);

        Assert.Equal(("challenge.name_differs", "SignedName"), await Refused(firm.Sign(trader, id, name: "Somebody Else")));
        Assert.Equal(("challenge.not_agreed", "Agree"), await Refused(firm.Sign(trader, id, agree: false)));
        Assert.Equal(("challenge.contract_changed", null), await Refused(firm.Run<SignContract, Result>(sign => sign.Run(new(id, trader.Id, trader.UserName, true, "other"), default))));
        Assert.Empty(await site.Audit("select 1 from contracts where tenant_id = $1", firm.Tenant.Id));
    }

    [Fact]
    public async Task A_contract_of_another_trader_is_none()
    {
        await using var firm = await TestFirm.Create(site);
        var (_, id) = await AtContract(firm);
        var stranger = await firm.Trader();

        Assert.Null(await Contract(firm, stranger, id));
        Assert.Equal(("challenge.no_contract_due", null), await Refused(firm.Sign(stranger, id)));
    }

    [Fact]
    public async Task A_signature_keeps_text_hash_time_and_name_and_a_second_click_changes_nothing()
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, id) = await AtContract(firm);
        var shown = (await Contract(firm, trader, id))!;

        Assert.False((await firm.Sign(trader, id, name: $" {trader.UserName.ToUpperInvariant()} ")).IsRefused);
        Assert.False((await firm.Sign(trader, id)).IsRefused);

        var row = Assert.Single(await site.Audit("select text, text_hash, model_hash, signed_name from contracts where tenant_id = $1", firm.Tenant.Id));
        Assert.Equal([shown.Text, shown.TextHash, shown.ModelHash, trader.UserName.ToUpperInvariant()], row);
        Assert.Equal(shown.Text, (await Contract(firm, trader, id))!.Text);
        Assert.Single(await site.Audit("select 1 from audit_entries where tenant_id = $1 and action = 'contract.signed'", firm.Tenant.Id));
    }

    private static async Task<(TestPerson Trader, Guid Challenge)> AtContract(TestFirm firm)
    {
        var trader = await firm.Trader();
        var id = await firm.Buy(trader, await firm.Sell(SampleModel.Make() with { Phases = [SampleModel.Phase("Evaluation", 10)] }));
        await firm.Pass(await firm.Challenge(trader, id));
        await firm.ApproveIdentity(trader);
        return (trader, id);
    }

    private static Task<ContractToSign.View?> Contract(TestFirm firm, TestPerson trader, Guid id) =>
        firm.Run<ContractToSign, ContractToSign.View?>(contracts => contracts.Read(id, trader.Id, default));

    private static async Task<(string?, string?)> Refused(Task<Result> result) => ((await result).Refusal?.Code, (await result).Refusal?.Field);
}
