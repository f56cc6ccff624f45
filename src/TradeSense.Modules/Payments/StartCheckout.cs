using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Database;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Payments.Gateways;

namespace TradeSense.Modules.Payments;

/// <summary>A trader orders one size of a model on offer. The price is the model version's; what the browser saw is only compared with it.</summary>
public sealed class StartCheckout(TradeSenseDb db, GatewayAccounts gateways, DocumentNumbers numbers, AuditTrail audit, TimeProvider clock)
{
    /// <param name="SeenPrice">The price the trader was shown.</param>
    /// <param name="Key">Made by the page: the same key is the same order.</param>
    public sealed record Request(Guid UserId, Guid ModelVersionId, decimal Size, decimal SeenPrice, Guid Key);

    /// <summary>The order's id.</summary>
    public async Task<Result<Guid>> Run(Request request, CancellationToken ct)
    {
        // A double click: the second waits for the first and finds its order.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"checkout:{request.UserId}:{request.Key}"}, 0))", ct);
        var earlier = await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(order => order.UserId == request.UserId && order.CheckoutKey == request.Key, ct);
        if (earlier is not null) return earlier.Id;

        var version = await db.Set<ModelVersion>().AsNoTracking().SingleOrDefaultAsync(version => version.Id == request.ModelVersionId, ct);
        if (version is null || !await IsOnOffer(version, ct)) return PaymentRefusal.NotOnOffer;
        if (version.Definition.PriceOf(request.Size) is not { } price) return PaymentRefusal.UnknownSize;
        if (request.SeenPrice != price.Amount) return PaymentRefusal.PriceChanged.With(price.Amount, price.Currency.Code);
        if (await gateways.Choose(ct) is not { } gateway) return PaymentRefusal.NoGateway;

        var now = clock.GetUtcNow();
        var order = new Order
        {
            Id = Guid.CreateVersion7(now), Number = await numbers.Next(DocumentNumbers.Orders, ct), CheckoutKey = request.Key, UserId = request.UserId,
            ModelVersionId = version.Id, Title = version.Definition.Name, Size = request.Size, Price = price.Amount, Currency = price.Currency, Gateway = gateway, CreatedAt = now,
        };
        db.Add(order);
        await audit.Record("order.placed", order.Subject, new { order.Number, order.Title, order.Size, Price = price.ToString() }, ct);
        return order.Id;
    }

    private async Task<bool> IsOnOffer(ModelVersion version, CancellationToken ct) =>
        await db.Set<ChallengeModel>().AnyAsync(model => model.Id == version.ModelId && model.Status == ModelStatus.Offered, ct)
        && !await db.Set<ModelVersion>().AnyAsync(newer => newer.ModelId == version.ModelId && newer.Number > version.Number, ct);
}
