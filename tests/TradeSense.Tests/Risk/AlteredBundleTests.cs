using TradeSense.Engine.Values;
using TradeSense.Modules.Risk.Receipts;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Risk;

/// <summary>What was altered is said to the field, in texts of many thousand characters and with characters put in or taken out.</summary>
public sealed class AlteredBundleTests(Site site)
{
    [Fact]
    public async Task In_the_evidence_of_forty_positions_the_field_is_named_with_what_stood_there()
    {
        await using var desk = await TestDesk.Open(site);
        var bundle = await OfManyPositions(desk);
        var (at, body) = ((int)bundle.Verdict - 1, bundle.Journal[(int)bundle.Verdict - 1].Body);
        Assert.True(body.Length > 8_000);
        Assert.True(VerifyBundle.Run(bundle.Write()).Stands);

        void MustName(string from, string to, string field, string expected, string found)
        {
            Assert.Contains(from, body, StringComparison.Ordinal);
            var place = body.LastIndexOf(from, StringComparison.Ordinal);
            Assert.Equal(new Difference($"journal[{at}].body.{field}", expected, found), VerifyBundle.Run(With(bundle, at, body[..place] + to + body[(place + from.Length)..])).Differences[0]);
        }

        // The fortieth position was opened at 1.1049; one digit for another, one more, one less, a number for a number.
        MustName("\"openPrice\":1.1049", "\"openPrice\":1.1059", "evidence.positions[39].state.openPrice", "1.1049", "1.1059");
        MustName("\"openPrice\":1.1049", "\"openPrice\":1.10491", "evidence.positions[39].state.openPrice", "1.1049", "1.10491");
        MustName("\"openPrice\":1.1049", "\"openPrice\":1.104", "evidence.positions[39].state.openPrice", "1.1049", "1.104");
        MustName("\"openPrice\":1.1031", "\"openPrice\":1.7542", "evidence.positions[21].state.openPrice", "1.1031", "1.7542");
        MustName("\"number\":40,", "\"number\":4,", "evidence.positions[39].state.number", "40", "4");
    }

    [Fact]
    public async Task Where_more_was_altered_than_can_be_tried_out_the_place_is_still_named()
    {
        await using var desk = await TestDesk.Open(site);
        var bundle = await OfManyPositions(desk);
        var (at, body) = ((int)bundle.Verdict - 1, bundle.Journal[(int)bundle.Verdict - 1].Body);
        var place = body.IndexOf("\"number\":21,", StringComparison.Ordinal);

        var told = Assert.Single(VerifyBundle.Run(With(bundle, at, body[..place] + "\"number\":77,\"symbol\":\"GBPUSD\"," + body[(body.IndexOf("\"side\"", place, StringComparison.Ordinal))..])).Differences);

        Assert.StartsWith($"journal[{at}].body.evidence.positions[", told.Field, StringComparison.Ordinal);
        Assert.Contains("positions[20]", told.Field, StringComparison.Ordinal);
        Assert.Contains("\"number\":77", told.Found, StringComparison.Ordinal);
        Assert.True(told.Found.Length < 600);
    }

    [Fact]
    public async Task A_quote_put_in_or_taken_out_is_named_and_so_are_characters_in_terms_and_short_entries()
    {
        var bundle = await BreachedAccount.Bundle(site);
        Difference First(EvidenceBundle altered) => VerifyBundle.Run(altered.Write()).Differences[0];
        var line = bundle.Quotes[1].Line.Replace("1.1", "1.0", StringComparison.Ordinal);

        var put = First(bundle with { Quotes = [.. bundle.Quotes.Take(1), new(line, EvidenceBundle.HashOfLine(bundle.Quotes[0].Hash, line)), .. bundle.Quotes.Skip(1)] });
        Assert.Equal(new Difference("quotes[1].line", "nothing", line), put);
        var taken = First(bundle with { Quotes = [.. bundle.Quotes.Take(1), .. bundle.Quotes.Skip(2)] });
        Assert.Equal("quotes[1].line", taken.Field);
        Assert.Contains("one before it was taken out", taken.Expected, StringComparison.Ordinal);

        var longer = First(bundle with { Quotes = [bundle.Quotes[0] with { Line = bundle.Quotes[0].Line + "1" }, .. bundle.Quotes.Skip(1)] });
        Assert.Equal(new Difference("quotes[0].line", bundle.Quotes[0].Line, bundle.Quotes[0].Line + "1"), longer);
        Assert.Equal(("terms.initialBalance", "100000", "10000"), Told(First(bundle with { Terms = bundle.Terms with { InitialBalance = 10_000m } })));
        var opened = bundle.Journal[1].Body;
        Assert.Equal(("journal[1].body.commission", "15.00", "115.00"), Told(VerifyBundle.Run(With(bundle, 1, opened.Replace("\"commission\":15.00", "\"commission\":115.00", StringComparison.Ordinal))).Differences[0]));
    }

    private static (string, string, string) Told(Difference different) => (different.Field, different.Expected, different.Found);

    private static string With(EvidenceBundle bundle, int at, string body) =>
        (bundle with { Journal = [.. bundle.Journal.Select((entry, i) => i == at ? entry with { Body = body } : entry)] }).Write();

    private async Task<EvidenceBundle> OfManyPositions(TestDesk desk)
    {
        var account = await desk.Account();
        for (var i = 0; i < 40; i++)
        {
            await desk.Price("EURUSD", $"1.10{i + 9:00}", $"1.10{i + 10:00}");
            await desk.Buy(account, $"a{i}", lots: "0.15");
        }

        await desk.Price("EURUSD", "1.08000", "1.08010");
        await desk.Tick();
        return await BreachedAccount.Bundle(site, desk, account);
    }
}
