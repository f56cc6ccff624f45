using System.Text;
using TradeSense.Modules.Risk.Heads;
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
