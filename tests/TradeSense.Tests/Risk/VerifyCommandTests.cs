using System.Security.Cryptography;
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

        Assert.Equal(1, await VerifyCommand.Run([await Written("bundle.json", bundle.Write().Replace("1.09310", "1.09410", StringComparison.Ordinal))], _output, _error));
        Assert.Contains(": expected ", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await VerifyCommand.Run([file, new string('0', 64)], _output, _error));
    }

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
