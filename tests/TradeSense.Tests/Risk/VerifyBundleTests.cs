using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Risk;

public sealed class VerifyBundleTests(Site site, ITestOutputHelper output)
{
    [Fact]
    public async Task A_trailing_floor_is_worked_out_from_the_journal_alone()
    {
        var bundle = await BreachedAccount.Bundle(site);

        var report = VerifyBundle.Run(bundle.Write(), bundle.Digest, [bundle.Seal!.Fingerprint]);

        Assert.Empty(report.Differences);
        Assert.Equal(102_706m, report.Verdict!.Evidence.Peak, 0);
        Assert.Equal(report.Verdict.Breach.Floor, report.Verdict.Floors[^1].Limits.OverallFloor);
        // Peaks of one commit are one entry, and how many quotes a commit takes is chance.
        string[] steps = [.. report.Verdict.Floors.Select(step => step.What)];
        Assert.Equal(["Account opened", "Equity rose above the peak", "Day 2026-03-03 started", "Equity rose above the peak"], steps.Where((what, i) => i == 0 || what != steps[i - 1]));
        Assert.NotNull(report.Bundle!.Head);
    }

    [Fact]
    public async Task A_netted_position_is_worked_out_from_its_fills_to_the_last_point()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account(TestDesk.Terms with
        {
            OverallLoss = new OverallLossRule(new Allowance(new Percent(4), null), OverallMode.TrailingEquity),
            ProfitTarget = null,
            Rules = new TradingRules { Netting = true },
        });
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "a1", lots: "2");
        await desk.Price("EURUSD", "1.10101", "1.10113");
        await desk.Buy(account, "a2", lots: "1.51");
        await desk.Send(new MarketOrder(default, account, "s1", "EURUSD", Side.Sell, new Lots(0.37m), null, null));
        await desk.Price("EURUSD", "1.10303", "1.10313");
        await desk.Price("EURUSD", "1.08000", "1.08010");
        await desk.Tick();

        var bundle = await BreachedAccount.Bundle(site, desk, account);

        Assert.Empty(VerifyBundle.Run(bundle.Write()).Differences);
    }

    [Fact]
    public async Task Every_tick_digit_and_timestamp_altered_is_found_and_named()
    {
        var bundle = await BreachedAccount.Bundle(site);

        for (var i = 0; i < bundle.Quotes.Count; i++)
        {
            // Each character of the line in turn: digits of the time, of the prices, letters of the symbol.
            var line = bundle.Quotes[i].Line;
            for (var at = 0; at < line.Length; at += 3)
            {
                if (!char.IsAsciiLetterOrDigit(line[at])) continue;
                var altered = Altered(line, at);
                var report = VerifyBundle.Run(bundle.Write().Replace(line, altered, StringComparison.Ordinal));
                Assert.Equal(new Difference($"quotes[{i}].line", line, altered), report.Differences[0]);
            }
        }

        MustName(bundle, "\"price\":1.1001", "\"price\":1.1011", "journal[1].body.price", "1.1001", "1.1011");
        MustName(bundle, "\"commission\":15", "\"commission\":16", "journal[1].body.commission", "15.00", "16.00");
        MustName(bundle, "\"peak\":102706", "\"peak\":102709", null, null, null);
        MustName(bundle, "\"initialBalance\":100000", "\"initialBalance\":100001", null, null, null);
        MustName(bundle, $"\"number\":{bundle.Number}", $"\"number\":{bundle.Number + 1}", "number", $"{bundle.Number}", $"{bundle.Number + 1}");
        MustName(bundle, bundle.BuildVersion, Altered(bundle.BuildVersion, 0), "buildVersion", bundle.BuildVersion, Altered(bundle.BuildVersion, 0));
        MustName(bundle, bundle.Digest, Altered(bundle.Digest, 9), "digest", bundle.Digest, Altered(bundle.Digest, 9));
        MustName(bundle, bundle.Head!.Root, Altered(bundle.Head.Root, 3), "head.signature", null, null);
    }

    [Fact]
    public async Task Whatever_single_character_is_altered_it_is_found()
    {
        var text = (await BreachedAccount.Bundle(site)).Write();
        const int Seed = 20261121;
        output.WriteLine($"seed {Seed}, {text.Length} characters");
        var random = new Random(Seed);
        var missed = new List<string>();

        for (var i = 0; i < 700; i++)
        {
            var at = random.Next(text.Length);
            var other = (char)random.Next(' ', '~' + 1);
            if (i % 2 == 0 && char.IsAsciiLetterOrDigit(text[at])) other = Altered(text, at)[at];
            if (other == text[at]) continue;
            var altered = text[..at] + other + text[(at + 1)..];
            if (VerifyBundle.Run(altered).Stands) missed.Add($"{at}: {text[Math.Max(0, at - 20)..at]}[{text[at]} → {other}]");
        }

        Assert.Empty(missed);
    }

    [Fact]
    public async Task A_forger_who_mends_every_hash_is_betrayed_by_the_signature_and_by_the_receipts_digest()
    {
        var bundle = await BreachedAccount.Bundle(site);
        var quotes = EvidenceBundle.Chain(bundle.Quotes.Select(quote => quote.Line.Replace("1.09300", "1.09400", StringComparison.Ordinal)));
        var forged = bundle with { Quotes = quotes, QuotesHash = EvidenceBundle.HashOf(quotes) };
        forged = forged with { Digest = forged.ComputeDigest() };

        Assert.Equal("seal.signature", Assert.Single(VerifyBundle.Run(forged.Write()).Differences).Field);
        Assert.Contains(VerifyBundle.Run(forged.Write(), bundle.Digest).Differences, different => different.Field == "digest");
    }

    [Fact]
    public async Task A_bundle_of_another_brands_key_is_named()
    {
        var (mine, other) = (await BreachedAccount.Bundle(site, isHeadSigned: false), await BreachedAccount.Bundle(site, isHeadSigned: false));

        Assert.True(VerifyBundle.Run(mine.Write(), keys: [mine.Seal!.Fingerprint]).Stands);
        Assert.Equal("seal.fingerprint", Assert.Single(VerifyBundle.Run(mine.Write(), keys: [other.Seal!.Fingerprint]).Differences).Field);
    }

    private static void MustName(EvidenceBundle bundle, string from, string to, string? field, string? expected, string? found)
    {
        var text = bundle.Write();
        from = text.Contains(from, StringComparison.Ordinal) ? from : from.Replace("\"", "\\\"", StringComparison.Ordinal);
        to = from.Contains('\\', StringComparison.Ordinal) ? to.Replace("\"", "\\\"", StringComparison.Ordinal) : to;
        Assert.Contains(from, text, StringComparison.Ordinal);
        var index = text.IndexOf(from, StringComparison.Ordinal);
        var differences = VerifyBundle.Run(text[..index] + to + text[(index + from.Length)..]).Differences;

        Assert.NotEmpty(differences);
        if (field is not null) Assert.Contains(differences, different => different.Field == field);
        if (expected is not null) Assert.Contains(differences, different => (different.Field, different.Expected, different.Found) == (field, expected, found));
    }

    /// <summary>The character at this place replaced by another of its kind.</summary>
    private static string Altered(string text, int at)
    {
        var other = text[at] switch { '9' => '0', 'z' => 'a', 'Z' => 'A', 'f' => 'a', var c => (char)(c + 1) };
        return text[..at] + other + text[(at + 1)..];
    }
}
