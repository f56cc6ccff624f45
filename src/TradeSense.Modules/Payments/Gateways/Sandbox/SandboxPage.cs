using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Payments.Gateways.Sandbox;

/// <summary>What the sandbox's payment page shows. Null where the firm does not use the sandbox, or there is no such session.</summary>
public sealed class SandboxPage(TradeSenseDb db, GatewayAccounts gateways, TimeProvider clock)
{
    public sealed record View(string Token, long OrderNumber, string Title, Money Amount, SandboxStatus Status, bool IsOver, string? CardLastFour, string ReturnPath);

    public async Task<View?> Read(string token, CancellationToken ct)
    {
        if (await gateways.Find(SandboxGateway.GatewayName, ct) is null) return null;

        var session = await db.Set<SandboxSession>().AsNoTracking().SingleOrDefaultAsync(session => session.Token == token, ct);
        return session is null ? null : new View(
            session.Token, session.OrderNumber, session.Title, session.Total, session.Status, session.IsOver(clock.GetUtcNow()), session.CardLastFour, session.ReturnPath);
    }
}
