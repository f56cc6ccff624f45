using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using TradeSense.Tests.Fixture;
using TradeSense.Web.Api.V2;

namespace TradeSense.Tests.Web.Api;

public sealed class ApiLimitTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_bucket_gives_what_it_holds_then_one_token_at_a_time()
    {
        var clock = new FakeClock(Start);
        var buckets = new TokenBuckets<string>(TimeSpan.FromMilliseconds(500), 3, clock);

        Assert.Equal([2, 1, 0], Enumerable.Range(0, 3).Select(_ => buckets.Take("a").Remaining));
        var refused = buckets.Take("a");
        Assert.Equal((false, TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(1500)), (refused.IsGiven, refused.Wait, refused.UntilFull));
        Assert.True(buckets.Take("b").IsGiven);

        clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(buckets.Take("a").IsGiven);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(buckets.Look("a").IsGiven);
        Assert.True(buckets.Take("a").IsGiven);
        Assert.False(buckets.Take("a").IsGiven);

        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, buckets.Take("a").Remaining);
    }

    [Fact]
    public async Task A_program_that_asks_too_often_is_told_when_to_come_back_and_bad_keys_do_not_shut_out_good_ones()
    {
        await using var site = await Site.Start(TimeProvider.System, builder => builder.UseSetting("TRADESENSE_API_RATE", "1").UseSetting("TRADESENSE_API_BURST", "5"));
        await using var firm = await TestFirm.Create(site);
        var person = await firm.Trader();
        var (busy, calm) = (ApiTrader.At(firm, (await ApiTrader.NewKey(firm, person)).Secret), ApiTrader.At(firm, (await ApiTrader.NewKey(firm, person)).Secret));

        using var first = await calm.GetAsync("/api/v2/instruments", TestContext.Current.CancellationToken);
        var refused = await Until(429, busy, "api.too_many_requests");
        var stranger = await Until(429, ApiTrader.At(firm, "tsk_" + new string('A', 43)), "api.too_many_bad_keys");
        using var second = await calm.GetAsync("/api/v2/instruments", TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)first.StatusCode);
        Assert.Equal("5", first.Headers.GetValues("RateLimit-Limit").Single());
        Assert.Equal("4", first.Headers.GetValues("RateLimit-Remaining").Single());
        Assert.Equal("1", first.Headers.GetValues("RateLimit-Reset").Single());
        Assert.InRange(int.Parse(refused.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture), 1, 1);
        Assert.InRange(int.Parse(stranger.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture), 1, 6);
        Assert.Equal(200, (int)second.StatusCode);
        Assert.Empty(site.Errors);
    }

    private static async Task<HttpResponseMessage> Until(int status, HttpClient program, string code)
    {
        for (var i = 0; i < 60; i++)
        {
            var answer = await program.GetAsync("/api/v2/instruments", TestContext.Current.CancellationToken);
            if ((int)answer.StatusCode != status) continue;
            Assert.Contains(code, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            return answer;
        }

        throw new InvalidOperationException($"Sixty requests, and none was answered {status}.");
    }
}
