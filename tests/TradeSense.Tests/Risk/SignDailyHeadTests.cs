using System.Text;
using TradeSense.Modules.Risk.Heads;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Risk;

public sealed class SignDailyHeadTests(Site site)
{
    [Fact]
    public async Task A_day_is_signed_once_even_when_many_ask_and_the_key_in_the_database_is_sealed()
    {
        await using var desk = await TestDesk.Open(site);
        await desk.Account();
        await desk.Account();

        var heads = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => desk.Firm.Run<SignDailyHead, JournalHead?>(sign => sign.Run(default))));

        var head = Assert.Single(heads, one => one is not null)!;
        Assert.Equal(2, head.Leaves);
        var page = await desk.Firm.Run<HeadList, HeadList.Page>(list => list.Run(1, default));
        var (stored, key) = (Assert.Single(page.Heads), Assert.Single(page.Keys));
        Assert.True(BrandSignature.Holds(Convert.ToHexStringLower(key.PublicKey), stored.Text, stored.Signature));
        Assert.False(BrandSignature.Holds(Convert.ToHexStringLower(key.PublicKey), stored.Text.Replace("accounts 2", "accounts 1", StringComparison.Ordinal), stored.Signature));
        Assert.DoesNotContain("PRIVATE", Encoding.Latin1.GetString(key.SealedPrivate), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_day_names_the_whole_head_before_it_so_that_no_old_day_can_be_signed_anew()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        await using var own = await Site.At(clock);
        await using var desk = await TestDesk.Open(own);
        for (var day = 0; day < 4; day++)
        {
            await desk.Account();
            Assert.NotNull(await desk.Firm.Run<SignDailyHead, JournalHead?>(sign => sign.Run(default)) ?? await SignedByTheJob(desk));
            clock.Advance(TimeSpan.FromDays(1));
        }

        var chain = await desk.Firm.Run<HeadList, IReadOnlyList<PublishedHead>>(list => list.Chain(default));
        Assert.True(chain.Count >= 4);
        Assert.Empty(HeadChain.Check(chain, [chain[0].Fingerprint]));

        // The firm writes the second day anew, with other accounts under the same root, and signs it with its own key.
        var text = chain[1].Text.Replace("\naccounts ", "\naccounts 7", StringComparison.Ordinal);
        Assert.NotEqual(chain[1].Text, text);
        var signed = await desk.Firm.Run<BrandSignature, BrandSignature.Signed>(signature => signature.Sign(text, default));
        IReadOnlyList<PublishedHead> rewritten = [chain[0], new PublishedHead(text, signed.Hex, chain[1].PublicKey), .. chain.Skip(2)];

        Assert.Equal($"head {chain[2].Day:yyyy-MM-dd}.previous", Assert.Single(HeadChain.Check(rewritten, [chain[0].Fingerprint])).Field);
        Assert.Contains(HeadChain.Check([.. rewritten, chain[1]], null), different => different.Field == $"head {chain[1].Day:yyyy-MM-dd}");
        Assert.Equal($"head {chain[2].Day:yyyy-MM-dd}.previous", Assert.Single(HeadChain.Check([chain[0], .. chain.Skip(2)], null)).Field);
    }

    [Fact]
    public async Task A_new_key_signs_from_now_on_and_what_the_old_one_signed_is_checked_with_both_published()
    {
        await using var desk = await TestDesk.Open(site);
        var receipt = await BreachedAccount.Receipt(site, desk);
        var before = (await desk.Firm.Run<EvidenceExport, EvidenceBundle?>(export => export.Run(receipt, null, default)))!;

        var key = await desk.Firm.Run<RotateSigningKey, SigningKey>(rotate => rotate.Run(default));
        await desk.Firm.Run<SignDailyHead, JournalHead?>(sign => sign.Run(default));

        var after = (await desk.Firm.Run<EvidenceExport, EvidenceBundle?>(export => export.Run(receipt, null, default)))!;
        Assert.Equal((before.Seal, key.Fingerprint), (after.Seal, after.Head!.Fingerprint));
        Assert.NotEqual(before.Seal!.Fingerprint, key.Fingerprint);
        Assert.True(VerifyBundle.Run(after.Write(), before.Digest, await desk.Firm.Run<HeadList, IReadOnlyCollection<string>>(list => list.Fingerprints(default))).Stands);
        Assert.Equal("head.fingerprint", Assert.Single(VerifyBundle.Run(after.Write(), keys: [before.Seal.Fingerprint]).Differences).Field);
        Assert.Contains("this verdict stands", (await desk.Firm.Client().Get($"/verify/{receipt}")).Ok().Text, StringComparison.Ordinal);
        var published = (await desk.Firm.Client().Get("/verify/heads")).Ok().Text;
        Assert.Contains("Earlier public key", published, StringComparison.Ordinal);
        Assert.Contains(before.Seal.Fingerprint, published, StringComparison.Ordinal);
        Assert.Contains(key.Fingerprint, published, StringComparison.Ordinal);
    }

    /// <summary>The site's own job may have been first.</summary>
    private static Task<JournalHead?> SignedByTheJob(TestDesk desk) => desk.Firm.Run<HeadList, JournalHead?>(async list => (await list.Run(1, default)).Heads.FirstOrDefault());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void Each_leaf_has_a_path_to_the_root_and_no_other_leaf_has_it(int count)
    {
        var leaves = Enumerable.Range(1, count).Select(i => MerkleTree.Leaf(Guid.Empty, i, new string('a', 64))).ToList();
        var root = MerkleTree.RootOf(leaves);

        for (var i = 0; i < count; i++)
        {
            Assert.Equal(root, MerkleTree.RootFrom(leaves[i], MerkleTree.PathOf(leaves, i)));
            Assert.NotEqual(root, MerkleTree.RootFrom(MerkleTree.Leaf(Guid.Empty, 99, new string('b', 64)), MerkleTree.PathOf(leaves, i)));
        }
    }
}
