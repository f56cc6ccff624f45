using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using TradeSense.Modules;
using TradeSense.Modules.Trading.Api;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Web.Api;

/// <summary>Who gets in, and to what: keys by brand, account, scope and life.</summary>
public sealed class ApiAccessTests(Site site)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_of_one_brand_opens_nothing_at_another()
    {
        await using var firm = await TestFirm.Create(site);
        await using var other = await TestFirm.Create(site);
        var trader = await ApiTrader.Open(firm);

        var there = await ApiTrader.Read(await ApiTrader.At(other, trader.Key).GetAsync("/api/v2/accounts", Ct));
        var here = await trader.Get("/api/v2/accounts");

        Assert.Equal((401, "api.key_invalid"), (there.Status, Code(there.Body)));
        Assert.Equal(200, here.Status);
        Assert.Equal(trader.Account.ToString(), (string?)here.Body["accounts"]![0]!["id"]);
    }

    [Fact]
    public async Task Anothers_account_is_as_absent_as_one_that_never_was()
    {
        await using var firm = await TestFirm.Create(site);
        var (trader, colleague) = (await ApiTrader.Open(firm), await ApiTrader.Open(firm));
        const string Order = """{"clientId":"x1","type":"market","symbol":"BTCUSD","side":"buy","lots":"0.01"}""";

        foreach (var account in (Guid[])[colleague.Account, Guid.CreateVersion7()])
        {
            foreach (var (method, path, body) in ((HttpMethod, string, string?)[])
                     [
                         (HttpMethod.Get, "", null), (HttpMethod.Get, "/orders", null), (HttpMethod.Get, "/positions", null), (HttpMethod.Get, "/history", null), (HttpMethod.Get, "/events", null),
                         (HttpMethod.Get, "/commands?clientId=x1", null), (HttpMethod.Post, "/orders", Order), (HttpMethod.Put, "/orders/1", """{"clientId":"x1","lots":"1","price":"1"}"""),
                         (HttpMethod.Delete, "/orders/1?clientId=x1", null), (HttpMethod.Delete, "/orders?clientId=x1", null), (HttpMethod.Put, "/positions/1", """{"clientId":"x1"}"""),
                         (HttpMethod.Post, "/positions/1/close", """{"clientId":"x1"}"""), (HttpMethod.Post, "/positions/close-all", """{"clientId":"x1"}"""),
                     ])
            {
                var (status, answer) = await trader.Send(method, $"/api/v2/accounts/{account}{path}", body);
                Assert.Equal((404, "trading.unknown_account"), (status, Code(answer)));
            }
        }

        Assert.Empty((await colleague.Get(colleague.Path("/positions"))).Body["positions"]!.AsArray());
    }

    [Fact]
    public async Task A_key_reaches_the_accounts_it_was_made_for_and_no_others_of_its_owner()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await ApiTrader.Open(firm);
        var second = await ApiTrader.OpenAccount(firm, trader.Person);
        var narrow = ApiTrader.At(firm, (await ApiTrader.NewKey(firm, trader.Person, true, second)).Secret);

        var list = await ApiTrader.Read(await narrow.GetAsync("/api/v2/accounts", Ct));
        var first = await ApiTrader.Read(await narrow.GetAsync(trader.Path(""), Ct));

        Assert.Equal(second.ToString(), (string?)Assert.Single(list.Body["accounts"]!.AsArray())!["id"]);
        Assert.Equal(404, first.Status);
    }

    [Fact]
    public async Task A_key_that_reads_does_not_trade()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await ApiTrader.Open(firm, mayTrade: false);

        var (status, problem) = await trader.Order("""{"clientId":"x1","type":"market","symbol":"BTCUSD","side":"buy","lots":"0.01"}""");

        Assert.Equal((403, "api.scope_missing"), (status, Code(problem)));
        Assert.Equal(200, (await trader.Get(trader.Path("/positions"))).Status);
        Assert.Equal(404, (await trader.Get(trader.Path("/commands?clientId=x1"))).Status);
    }

    [Fact]
    public async Task A_revoked_key_an_expired_one_and_one_of_a_person_shut_out_open_nothing()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await ApiTrader.Open(firm);
        var (revoked, expired) = (await ApiTrader.NewKey(firm, trader.Person), await ApiTrader.NewKey(firm, trader.Person));
        var program = ApiTrader.At(firm, revoked.Secret);
        Assert.Equal(200, (int)(await program.GetAsync("/api/v2/accounts", Ct)).StatusCode);

        await firm.Run<RevokeApiKey, Result>(revoke => revoke.Run(trader.Person.Id, revoked.Id, default));
        await Change($"update api_keys set expires_at = now() - interval '1 second' where id = '{expired.Id}'");

        Assert.Equal(401, (int)(await program.GetAsync("/api/v2/accounts", Ct)).StatusCode);
        Assert.Equal(401, (int)(await ApiTrader.At(firm, expired.Secret).GetAsync("/api/v2/accounts", Ct)).StatusCode);
        await Change($"update users set status = 'Disabled' where id = '{trader.Person.Id}'");
        Assert.Equal(401, (int)(await ApiTrader.At(firm, trader.Key).GetAsync("/api/v2/accounts", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_cookie_means_nothing_and_a_missing_key_is_told()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await ApiTrader.Open(firm);

        var page = await trader.Person.Browser.Get("/api/v2/accounts");

        Assert.Equal(401, (int)page.Status);
        Assert.Contains("api.key_missing", page.Source, StringComparison.Ordinal);
        Assert.Equal("Bearer", page.Headers["WWW-Authenticate"]);
    }

    [Fact]
    public async Task Only_the_hash_of_a_key_is_kept_and_its_use_is_noted()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await ApiTrader.Open(firm);
        await trader.Get("/api/v2/accounts");

        var row = (await site.Audit("select to_jsonb(k)::text, k.last_used_at from api_keys k where user_id = $1", trader.Person.Id))[0];

        Assert.DoesNotContain(trader.Key["tsk_".Length..], (string)row[0]!, StringComparison.Ordinal);
        Assert.NotNull(row[1]);
    }

    [Theory]
    [InlineData("{", "api.malformed_json", 400, null)]
    [InlineData("[]", "api.malformed_json", 400, null)]
    [InlineData("null", "api.malformed_json", 400, null)]
    [InlineData("""{"clientId":"x","type":"market","stopLos":"1"}""", "api.malformed_json", 400, "stopLos")]
    [InlineData("""{"clientId":"x","clientId":"y","type":"market"}""", "api.malformed_json", 400, "clientId")]
    [InlineData("""{"clientId":"x","type":"scaled","count":"three"}""", "api.malformed_json", 400, "count")]
    [InlineData("""{"clientId":"x","type":"market","symbol":"BTCUSD","side":"buy","lots":true}""", "api.malformed_json", 400, "lots")]
    [InlineData("""{"clientId":"x","type":"market","symbol":"BTCUSD","side":"buy","lots":"0.01","price":"1"}""", "api.malformed_json", 400, "price")]
    [InlineData("""{"clientId":"x","type":"oco","legs":[null,null]}""", "api.malformed_json", 400, "legs")]
    [InlineData("""{"clientId":"x","type":"limit","symbol":"BTCUSD","side":"buy","lots":"0.01","price":"1","until":"2030-01-01T00:00:00"}""", "api.malformed_json", 400, "until")]
    [InlineData("""{"type":"market","symbol":"BTCUSD","side":"buy","lots":"0.01"}""", "trading.invalid_client_id", 400, null)]
    [InlineData("""{"clientId":"x","type":"market","symbol":"BTCUSD","side":"buy","lots":1e-2}""", "trading.invalid_quantity", 422, "lots")]
    [InlineData("""{"clientId":"x","type":"market","symbol":"BTCUSD","side":"buy","lots":"0.015"}""", "trading.invalid_quantity", 422, "lots")]
    [InlineData("""{"clientId":"x","type":"market","symbol":"BTCUSD","side":"up","lots":"0.01"}""", "trading.invalid_side", 422, "side")]
    [InlineData("""{"clientId":"x","type":"market","symbol":"DOGEUSD","side":"buy","lots":"0.01"}""", "trading.unknown_instrument", 422, "symbol")]
    [InlineData("""{"clientId":"x","type":"odd"}""", "trading.invalid_kind", 422, "type")]
    public async Task What_is_wrong_with_a_body_is_told_with_its_code_and_field(string body, string code, int status, string? field)
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await ApiTrader.Open(firm);

        var (answered, problem) = await trader.Order(body);

        Assert.Equal((status, code, field), (answered, Code(problem), (string?)problem["field"]));
        Assert.False(string.IsNullOrEmpty((string?)problem["title"]));
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_no_json_is_refused_unread()
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await ApiTrader.Open(firm);

        var large = await trader.Order("{\"clientId\":\"" + new string('x', 20_000) + "\"}");
        using var form = new StringContent("clientId=x", Encoding.UTF8, "application/x-www-form-urlencoded");
        var wrong = await ApiTrader.Read(await trader.Http.PostAsync(trader.Path("/orders"), form, Ct));

        Assert.Equal((413, "api.body_too_large"), (large.Status, Code(large.Body)));
        Assert.Equal((415, "api.not_json"), (wrong.Status, Code(wrong.Body)));
    }

    [Theory]
    [InlineData("/history?page=0", "page")]
    [InlineData("/history?size=9999", "size")]
    [InlineData("/history?from=yesterday", "from")]
    [InlineData("/history?symbol=%00", "Symbol")]
    [InlineData("/events?after=-1", "Last-Event-ID")]
    public async Task A_parameter_that_cannot_be_read_is_named(string path, string field)
    {
        await using var firm = await TestFirm.Create(site);
        var trader = await ApiTrader.Open(firm);

        var (status, problem) = await trader.Get(trader.Path(path));

        Assert.InRange(status, 400, 422);
        Assert.Equal(field, (string?)problem["field"], ignoreCase: true);
    }

    private async Task Change(string sql)
    {
        await using var connection = new NpgsqlConnection(site.Database.Options.Owner);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static string? Code(JsonNode problem) => (string?)problem["code"];
}
