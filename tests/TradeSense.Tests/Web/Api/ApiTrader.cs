using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Api;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Web.Api;

/// <summary>A trader with an open account and a program that holds a key to it; a market that never closes, at prices of the test's own.</summary>
public sealed class ApiTrader
{
    public const string Symbol = "BTCUSD";

    private ApiTrader(TestFirm firm, TestPerson person, Guid account, string key) => (Firm, Person, Account, Key, Http) = (firm, person, account, key, At(firm, key));

    public TestFirm Firm { get; }
    public TestPerson Person { get; }
    public Guid Account { get; }
    public string Key { get; }
    public HttpClient Http { get; }

    public static async Task<ApiTrader> Open(TestFirm firm, bool mayTrade = true, AccountTerms? terms = null)
    {
        var person = await firm.Trader();
        var account = await OpenAccount(firm, person, terms);
        await Price(firm, 60_000m, 60_010m);
        return new ApiTrader(firm, person, account, (await NewKey(firm, person, mayTrade)).Secret);
    }

    public static async Task<Guid> OpenAccount(TestFirm firm, TestPerson person, AccountTerms? terms = null)
    {
        var account = Guid.CreateVersion7();
        await firm.Run<OpenTradingAccount, Result<long>>(open => open.Run(new OpenTradingAccount.Request(account, person.Id, Guid.CreateVersion7(), 0, "Phase 1", terms ?? TestDesk.Terms), default));
        await firm.DrainOutbox();
        var desk = firm.Site.Services.GetRequiredService<TradingDesk>();
        while (await desk.View(new AccountId(account), default) is null) await Task.Delay(20, TestContext.Current.CancellationToken);
        return account;
    }

    public static async Task Price(TestFirm firm, decimal bid, decimal ask)
    {
        var quote = new Quote(firm.Clock.GetUtcNow(), Symbol, new Price(bid), new Price(ask));
        await firm.Site.Services.GetRequiredService<TradingDesk>().Take(quote, default);
        firm.Site.Services.GetRequiredService<LatestQuotes>().Put(quote);
    }

    public static async Task<CreateApiKey.Created> NewKey(TestFirm firm, TestPerson person, bool mayTrade = true, params Guid[] accounts) =>
        (await firm.Run<CreateApiKey, Result<CreateApiKey.Created>>(create => create.Run(new(person.Id, person.Email, "bot", mayTrade, accounts.Length == 0, accounts, 30), default))).Value;

    /// <summary>A program's connection to a brand's host.</summary>
    public static HttpClient At(TestFirm firm, string? key)
    {
        var http = new HttpClient(firm.Site.Server.CreateHandler()) { BaseAddress = new Uri($"https://{firm.Host}") };
        if (key is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    public string Path(string rest) => $"/api/v2/accounts/{Account}{rest}";

    public async Task<(int Status, JsonNode Body)> Get(string path) => await Read(await Http.GetAsync(path, TestContext.Current.CancellationToken));

    public async Task<(int Status, JsonNode Body)> Send(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        return await Read(await Http.SendAsync(request, TestContext.Current.CancellationToken));
    }

    public Task<(int Status, JsonNode Body)> Order(string json) => Send(HttpMethod.Post, Path("/orders"), json);

    public static async Task<(int Status, JsonNode Body)> Read(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!);
    }
}
