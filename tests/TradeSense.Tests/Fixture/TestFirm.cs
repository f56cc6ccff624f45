using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Notifications;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Tests.Fixture;

/// <summary>
/// A firm of one test: a fresh tenant at a host of its own, made by the product's own use case from the shape of the first brand in
/// <c>tenants.example.json</c>. Nothing is cleaned up and tests run beside each other; disposing it proves that the firm's ledger sums to zero.
/// </summary>
public sealed partial class TestFirm : IAsyncDisposable
{
    public const string Password = "correct horse battery 9";
    private static readonly JsonObject Example = ReadExample();
    private int _people;

    private TestFirm(Site site, Tenant tenant) => (Site, Tenant) = (site, tenant);

    public Site Site { get; }
    public Tenant Tenant { get; }
    public string Host => Tenant.Hosts[0];
    public TimeProvider Clock => Site.Services.GetRequiredService<TimeProvider>();

    /// <param name="change">Alters the tenant's file before it is applied.</param>
    public static async Task<TestFirm> Create(Site site, Action<JsonObject>? change = null)
    {
        var slug = "t" + Guid.CreateVersion7().ToString("N")[^12..];
        var file = (JsonObject)Example.DeepClone();
        (file["slug"], file["name"], file["hosts"], file["people"]) = (slug, "Firm " + slug, new JsonArray($"{slug}.localhost"), new JsonArray());
        change?.Invoke(file);
        await Apply(site, file);
        return new TestFirm(site, site.Services.GetRequiredService<TenantDirectory>().All.Single(tenant => tenant.Slug == (string?)file["slug"]));
    }

    /// <summary>The platform's own console, as a firm of its kind.</summary>
    public static Task<TestFirm> CreatePlatform(Site site) => Create(site, file =>
    {
        file["kind"] = "platform";
        foreach (var section in file.Select(field => field.Key).Except(["slug", "name", "kind", "hosts", "culture", "currency", "theme", "people"]).ToList()) file.Remove(section);
    });

    /// <summary>A visitor's browser at this firm's site.</summary>
    public HtmlClient Client(string? host = null) => new(new HttpClient(Site.Server.CreateHandler()), new Uri($"https://{host ?? Host}/"));

    /// <summary>Work as the application does it: a scope of its own, this tenant, one transaction that commits.</summary>
    public Task<T> Run<T>(Func<IServiceProvider, Task<T>> work) =>
        Site.Services.GetRequiredService<TenantScope>().Run(Tenant, work, TestContext.Current.CancellationToken);

    public Task Run(Func<IServiceProvider, Task> work) =>
        Site.Services.GetRequiredService<TenantScope>().Run(Tenant, work, TestContext.Current.CancellationToken);

    /// <summary>One use case or query in a transaction of its own.</summary>
    public Task<TResult> Run<TUseCase, TResult>(Func<TUseCase, Task<TResult>> call) where TUseCase : notnull =>
        Run(services => call(services.GetRequiredService<TUseCase>()));

    /// <summary>Handles everything the outbox holds for this firm, now, and waits for what the running pump has taken already.</summary>
    public async Task<int> DrainOutbox()
    {
        var (handled, patience) = (0, 500);
        do
        {
            handled += await Site.Services.GetRequiredService<OutboxPump>().Drain(Tenant, TestContext.Current.CancellationToken);
        }
        while (await HasDueMessages() && patience-- > 0 && await Pause());
        return handled;
    }

    private async Task<bool> HasDueMessages() => await Run(services =>
    {
        var now = Clock.GetUtcNow();
        return services.GetRequiredService<TradeSenseDb>().Set<OutboxMessage>().AnyAsync(message => message.DoneAt == null && message.DueAt <= now);
    });

    private static async Task<bool> Pause()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        return true;
    }

    /// <summary>A registered trader with a confirmed address, signed in; made by the use cases, without pages.</summary>
    public async Task<TestPerson> Trader(string? name = null, string country = "DE")
    {
        name ??= $"trader{Interlocked.Increment(ref _people)}";
        var email = $"{name}@example.com";
        var id = await Run<RegisterTrader, Result<Guid>>(register => register.Run(new RegisterTrader.Request(name, email, Password, country, AcceptTerms: true), default));
        if (id.IsRefused) throw new InvalidOperationException($"{name} may not register: {id.Refusal.Code}");

        var code = await CodeSentTo(email);
        var confirmed = await Run<ConfirmEmail, Result<User>>(confirm => confirm.Run(id.Value, code, default));
        if (confirmed.IsRefused) throw new InvalidOperationException($"{name} could not confirm: {confirmed.Refusal.Code}");
        return await SignedIn(confirmed.Value);
    }

    /// <summary>A member of the firm's staff, or of the platform's, signed in.</summary>
    public async Task<TestPerson> Staff(Role role)
    {
        var name = $"{role.ToString().ToLowerInvariant()}{Interlocked.Increment(ref _people)}";
        var person = new { userName = name, email = $"{name}@example.com", password = Password, role = role.ToString(), country = "DE" };
        var user = await Run(async services =>
        {
            var section = services.GetServices<ITenantSection>().Single(section => section.Name == "people");
            await section.Apply(JsonSerializer.SerializeToElement(new[] { person }), default);
            return await services.GetRequiredService<TradeSenseDb>().Set<User>().SingleAsync(user => user.UserName == name);
        });
        return await SignedIn(user);
    }

    /// <summary>The newest one-time code in the mail to this address.</summary>
    public async Task<string> CodeSentTo(string email) => Code().Match(await MailTo(email)) is { Success: true } code ? code.Value : throw new InvalidOperationException($"The newest mail to {email} holds no code.");

    /// <summary>The newest mail to this address: subject, then text.</summary>
    public async Task<string> MailTo(string email) => await Run(async services =>
    {
        var mail = await services.GetRequiredService<TradeSenseDb>().Set<Mail>().Where(mail => mail.Recipient == email).OrderByDescending(mail => mail.CreatedAt).ThenByDescending(mail => mail.Id).FirstOrDefaultAsync();
        return mail is null ? throw new InvalidOperationException($"No mail was sent to {email}.") : $"{mail.Subject}\n\n{mail.TextBody}";
    });

    private async Task<TestPerson> SignedIn(User user) =>
        new(this, user.Id, user.UserName, user.Email, await Run<SignIn, string>(signIn => signIn.Open(user, "127.0.0.1", "tests", default)));

    private static async Task Apply(Site site, JsonObject firm)
    {
        var problems = await site.Services.GetRequiredService<LoadTenants>().Run(new JsonObject { ["tenants"] = new JsonArray(firm.DeepClone()) }.ToJsonString(), default);
        if (problems.Count > 0) throw new InvalidOperationException("The firm was not created: " + string.Join("; ", problems));
    }

    private static JsonObject ReadExample()
    {
        var path = Path.Combine(Repository.Root, "tenants.example.json");
        if (!File.Exists(path)) return new JsonObject { ["culture"] = "en-US", ["currency"] = "USD", ["theme"] = "midnight" };

        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        return (JsonObject)JsonNode.Parse(File.ReadAllText(path), null, options)!["tenants"]!.AsArray().First(tenant => (string?)tenant!["kind"] != "platform")!.DeepClone();
    }

    public async ValueTask DisposeAsync() => await LedgerProof.MustHold(this);

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex Code();
}

/// <summary>Somebody signed in: their ids, the session's token and a browser that holds it.</summary>
public sealed class TestPerson(TestFirm firm, Guid id, string userName, string email, string session)
{
    public const string SessionCookie = "__Host-session";
    private HtmlClient? _browser;

    public TestFirm Firm => firm;
    public Guid Id => id;
    public string UserName => userName;
    public string Email => email;
    public string Session => session;
    public HtmlClient Browser => _browser ??= Open();

    private HtmlClient Open()
    {
        var client = firm.Client();
        client.Cookies.Add(client.Home, new Cookie(SessionCookie, session) { Secure = true, Path = "/" });
        return client;
    }
}
