using System.Security.Cryptography;
using TradeSense.Modules.Risk.Heads;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Tests.Fixture;
using TradeSense.Web.Commands;

namespace TradeSense.Tests.Risk;

public sealed class VerifyCommandTests(Site site) : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task An_untouched_bundle_stands_offline_and_a_changed_one_is_told_line_by_line()
    {
        var bundle = await BreachedAccount.Bundle(site);
        var file = await Written("bundle.json", bundle.Write());
        var key = await Written("key.pem", PemEncoding.WriteString("PUBLIC KEY", Convert.FromHexString(bundle.Seal!.PublicKey)));

        Assert.Equal(0, await VerifyCommand.Run([file, bundle.Digest, "--key", key], _output, _error));
        Assert.StartsWith("The verdict stands: OverallLoss", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _error.ToString());

        Assert.Equal(0, await VerifyCommand.Run([file, "--key", bundle.Seal.Fingerprint], _output, _error));

        Assert.Equal(1, await VerifyCommand.Run([await Written("bundle.json", bundle.Write().Replace("1.09310", "1.09410", StringComparison.Ordinal))], _output, _error));
        Assert.Contains(": expected ", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await VerifyCommand.Run([file, new string('0', 64)], _output, _error));
    }

    [Fact]
    public async Task Without_a_key_it_is_said_that_nobody_has_shown_whose_key_signed_and_how_to_find_out()
    {
        var bundle = await BreachedAccount.Bundle(site, isHeadSigned: false);
        using var forger = new Forger();
        var forged = await Written("bundle.json", forger.Sign(bundle).Write());

        Assert.Equal(3, await VerifyCommand.Run([forged], _output, _error));
        Assert.DoesNotContain("The verdict stands", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("NOBODY HAS SHOWN", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains(forger.Fingerprint, _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, await VerifyCommand.Run([forged, bundle.Digest], _output, _error));
        Assert.Equal(1, await VerifyCommand.Run([forged, "--key", bundle.Seal!.Fingerprint], _output, _error));
        Assert.Contains("seal.fingerprint", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_of_heads_is_followed_and_a_kept_copy_that_says_otherwise_is_told()
    {
        var bundle = await BreachedAccount.Bundle(site);
        using var firm = new Forger();
        var first = firm.Sign(HeadText("2026-03-02", HeadChain.Root, '1'));
        var second = firm.Sign(HeadText("2026-03-03", first.Hash, '2'));
        var rewritten = firm.Sign(HeadText("2026-03-02", HeadChain.Root, '9'));
        var (kept, whole, broken) = (
            await Written("kept.jsonl", HeadChain.Write([first])), await Written("heads.jsonl", HeadChain.Write([first, second])), await Written("heads.jsonl", HeadChain.Write([rewritten, second])));

        Assert.Equal(0, await VerifyCommand.Run(["--heads", whole, "--heads", kept, "--key", firm.Fingerprint], _output, _error));
        Assert.Equal(3, await VerifyCommand.Run(["--heads", whole], _output, _error));
        Assert.Equal("", _error.ToString());
        Assert.Equal(1, await VerifyCommand.Run(["--heads", broken, "--key", firm.Fingerprint], _output, _error));
        Assert.Contains("head 2026-03-03.previous: expected", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await VerifyCommand.Run(["--heads", broken, "--heads", kept, "--key", firm.Fingerprint], _output, _error));
        Assert.Contains("another signed for the same day", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await VerifyCommand.Run([await Written("bundle.json", bundle.Write()), "--heads", whole], _output, _error));
        Assert.Contains("head: expected one of the heads given", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await VerifyCommand.Run(["--heads", await Written("heads.jsonl", "{}")], _output, _error));
    }

    private static string HeadText(string day, string previous, char root) => JournalHead.TextOf(Guid.Empty, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), previous, new string(root, 64), 1, DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task A_file_that_is_no_bundle_exits_2()
    {
        Assert.Equal(2, await VerifyCommand.Run([await Written("bundle.json", "{ \"format\": 7 }")], _output, _error));
        Assert.Equal(2, await VerifyCommand.Run(["no-such-file.json"], _output, _error));
        Assert.Equal(2, await VerifyCommand.Run([await Written("bundle.json", "{}"), "--key", await Written("key.pem", "no key")], _output, _error));
        Assert.Equal(2, await VerifyCommand.Run([], _output, _error));
        Assert.Equal(0, await VerifyCommand.Run(["--help"], _output, _error));
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private static async Task<string> Written(string name, string text)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, name);
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        return file;
    }
}
