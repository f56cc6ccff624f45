using System.Globalization;
using System.Text.RegularExpressions;
using TradeSense.Modules.Challenges.Models;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Notifications;
using TradeSense.Modules.Payments;
using TradeSense.Modules.Payments.Gateways;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Web.Commands.Demo;

/// <summary>Invented people who register, confirm with the code from the mail, buy a challenge and pay through the sandbox's report.</summary>
internal sealed partial class DemoPeople(IServiceProvider services, Tenant brand, PastClock clock, Random dice)
{
    private static readonly string[] FirstParts = ["Al", "Bea", "Cor", "Da", "El", "Fin", "Gra", "Hel", "Ina", "Jon", "Kas", "Lio", "Mar", "No", "Ori", "Pau", "Ri", "Sa", "Tom", "Vik", "Yar", "Zoe"];
    private static readonly string[] LastParts = ["berg", "dale", "fort", "hart", "koff", "land", "mond", "nell", "quist", "rova", "son", "stein", "tova", "vik", "ward"];
    private static readonly string[] Homes = ["DE", "GB", "CZ", "PL", "FR", "ES", "IT", "NL", "SE", "ZA", "IN", "BR", "MX", "KE", "AE"];

    private readonly TenantScope _scope = services.GetRequiredService<TenantScope>();

    public int Count { get; private set; }

    public async Task Join(CancellationToken ct)
    {
        Count++;
        var name = $"{Pick(FirstParts)}{Pick(LastParts)}{clock.GetUtcNow().ToUnixTimeSeconds() % 1_000_000}{Count}".ToLower(CultureInfo.InvariantCulture);
        var email = $"{name}@trader.example";
        var country = Pick([.. Homes.Except(brand.ProhibitedCountries)]);

        var user = (await Run<RegisterTrader, Modules.Result<Guid>>(register => register.Run(new(name, email, "seven quiet harbours 9", country, AcceptTerms: true), ct), ct)).Value;
        var letter = (await Run<Mailbox, IReadOnlyList<Mailbox.Letter>>(mailbox => mailbox.Newest(email, ct), ct))[0];
        _ = (await Run<ConfirmEmail, Modules.Result<User>>(confirm => confirm.Run(user, Code().Match(letter.Subject).Value, ct), ct)).Value;

        var order = await Order(user, ct);
        await Pay(order, user, ct);
        await services.GetRequiredService<OutboxPump>().Drain(brand, ct);
    }

    private async Task<Guid> Order(Guid user, CancellationToken ct)
    {
        var offers = await Run<OfferedModels, IReadOnlyList<OfferedModels.Offer>>(models => models.Read(ct), ct);
        var offer = Pick(offers);
        var size = Pick(offer.Definition.Sizes);
        return (await Run<StartCheckout, Modules.Result<Guid>>(
            checkout => checkout.Run(new(user, offer.VersionId, size.Balance, size.Price, Guid.CreateVersion7(clock.GetUtcNow())), ct), ct)).Value;
    }

    /// <summary>As the gateway's webhook would report it, after its signature was checked.</summary>
    private async Task Pay(Guid order, Guid user, CancellationToken ct)
    {
        _ = (await Run<OpenPaymentPage, Modules.Result<string>>(page => page.Run(order, user, ct), ct)).Value;
        var placed = await Run<TradeSenseDb, Order>(db => Task.FromResult(db.Set<Order>().Single(row => row.Id == order)), ct);
        var paid = new PaymentEvent($"demo-{order}", PaymentOutcome.Succeeded, placed.SessionId!, order, placed.Price, placed.Currency.Code, $"demo-{placed.Number}", null);
        await Run<CompletePayment, bool>(async complete =>
        {
            await complete.Run(placed.Gateway, paid, ct);
            return true;
        }, ct);
    }

    private Task<TResult> Run<T, TResult>(Func<T, Task<TResult>> work, CancellationToken ct) where T : notnull =>
        _scope.Run(brand, scoped => work(scoped.GetRequiredService<T>()), ct);

    private T Pick<T>(IReadOnlyList<T> from) => from[dice.Next(from.Count)];

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex Code();
}
