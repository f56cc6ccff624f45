using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;
using TradeSense.Web.Commands;

namespace TradeSense.Tests.Risk;

public sealed class VerifyCommandTests(Site site) : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task An_untouched_bundle_stands_and_every_change_is_named()
    {
        var bundle = await Breached();

        Assert.Equal(0, await Verify(bundle, bundle.Digest));
        Assert.StartsWith("The verdict stands.", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _error.ToString());

        await MustFail(bundle with { Quotes = Changed(bundle.Quotes, "1.08000", "1.08001") }, "quotes: a price, a digit or a time was changed");
        await MustFail(bundle with { Quotes = Changed(bundle.Quotes, "2026-03-03T09:00:03.0000000Z", "2026-03-03T09:00:03.0010000Z") }, "quotes: a price, a digit or a time was changed");
        await MustFail(bundle with { Quotes = [.. bundle.Quotes.Skip(1)] }, "quotes: a price, a digit or a time was changed");
        await MustFail(bundle with { Journal = [.. bundle.Journal.Select(entry => entry with { Body = entry.Body.Replace("\"lots\":5", "\"lots\":6", StringComparison.Ordinal) })] }, "the entry (position_opened) was changed");
        await MustFail(bundle with { Journal = [.. bundle.Journal.Where(entry => entry.Kind != "position_modified")] }, "sequence 4 instead of 3");
        await MustFail(bundle with { Terms = bundle.Terms with { InitialBalance = 99_999m } }, "terms: they do not have the hash that was stated");
    }

    [Fact]
    public async Task A_forger_who_mends_the_hashes_is_betrayed_by_the_figures_or_by_the_receipts_digest()
    {
        var bundle = await Breached();
        var quotes = Changed(bundle.Quotes, "1.08000", "1.08900");
        var hash = EvidenceBundle.HashOfQuotes(quotes);
        var forged = bundle with { Quotes = quotes, QuotesHash = hash, Digest = EvidenceBundle.DigestOf(bundle.TermsHash, bundle.Journal[^1].Hash, hash) };

        await MustFail(forged, "decided and is not there");
        Assert.Equal(1, await Verify(forged, bundle.Digest));
        Assert.Contains("this is not the bundle of that verdict", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_bundle_exits_2()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "bundle.json");
        await File.WriteAllTextAsync(file, "{ \"format\": 7 }", TestContext.Current.CancellationToken);

        Assert.Equal(2, await VerifyCommand.Run([file], _output, _error));
        Assert.Equal(2, await VerifyCommand.Run(["no-such-file.json"], _output, _error));
        Assert.Equal(2, await VerifyCommand.Run([], _output, _error));
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private async Task<EvidenceBundle> Breached()
    {
        await using var desk = await TestDesk.Open(site);
        var trailing = TestDesk.Terms with { OverallLoss = new OverallLossRule(new Allowance(new Percent(8), null), OverallMode.TrailingBalance) };
        var account = await desk.Account(trailing);
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "a1", lots: "5");
        await desk.Send(new ModifyPosition(default, account, "m1", new PositionNumber(1), null, new Price(1.2m)));
        await desk.Price("EURUSD", "1.09990", "1.10000");
        await desk.Price("EURUSD", "1.08000", "1.08010");
        await desk.Price("EURUSD", "1.08100", "1.08110");
        await desk.Tick();

        await site.Services.GetRequiredService<CompleteReceipts>().Run(
            (symbol, from, to, _) => Task.FromResult<IReadOnlyList<Quote>>([.. desk.Quotes.Where(quote => quote.Symbol == symbol && quote.At >= from && quote.At <= to)]),
            desk.Clock.GetUtcNow().AddHours(1), desk.Shard, TestContext.Current.CancellationToken);
        var receipt = (Guid)Assert.Single(await desk.Rows("select id from breaches where account_id = $1", account.Value))[0]!;
        return (await desk.Firm.Run<EvidenceExport, EvidenceBundle?>(export => export.Run(receipt, null, default)))!;
    }

    private async Task MustFail(EvidenceBundle bundle, string problem)
    {
        _error.GetStringBuilder().Clear();
        Assert.Equal(1, await Verify(bundle, null));
        Assert.Contains(problem, _error.ToString(), StringComparison.Ordinal);
    }

    private async Task<int> Verify(EvidenceBundle bundle, string? digest)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "bundle.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(bundle, Json.Options), TestContext.Current.CancellationToken);
        return await VerifyCommand.Run(digest is null ? [file] : [file, digest], _output, _error);
    }

    private static string[] Changed(IReadOnlyList<string> lines, string from, string to)
    {
        Assert.Contains(lines, line => line.Contains(from, StringComparison.Ordinal));
        return [.. lines.Select(line => line.Replace(from, to, StringComparison.Ordinal))];
    }
}
