using TradeSense.Engine.Instruments;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>The firm's staff declare that prices of some symbols were missing or wrong for a time that is over. The promise for its kind holds.</summary>
public sealed class DeclareIncident(TradeSenseDb db, Promises promises, AssessIncident assess, AuditTrail audit, CurrentActor actor, TimeProvider clock)
{
    public sealed record Request(IncidentKind Kind, string? Symbols, DateTimeOffset From, DateTimeOffset To, string? Reason);

    public async Task<Result<Guid>> Run(Request request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var checkedInput = IncidentInput.Check(request.Symbols, request.From, request.To, request.Reason, now);
        if (checkedInput.IsRefused) return checkedInput.Refusal;

        var (symbols, reason) = checkedInput.Value;
        var incident = new Incident
        {
            Id = Guid.CreateVersion7(now), Kind = request.Kind, Symbols = symbols, StartedAt = request.From.ToUniversalTime(), EndedAt = request.To.ToUniversalTime(), Reason = reason,
            Remedy = (await promises.Read(ct))[request.Kind], DeclaredBy = actor.Name, DeclaredAt = now,
        };
        db.Add(incident);
        await db.SaveChangesAsync(ct);
        await audit.Record("incident.declared", incident.Subject, new { incident.Kind, incident.Symbols, incident.StartedAt, incident.EndedAt, incident.Reason }, ct);
        await assess.Run(incident, ct);
        return incident.Id;
    }
}

/// <summary>What a person typed about an incident, checked once for the firm's and the platform's form.</summary>
internal static class IncidentInput
{
    private const int ShortestReason = 10, LongestReason = 1000;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public static Result<(string[] Symbols, string Reason)> Check(string? symbols, DateTimeOffset from, DateTimeOffset? to, string? reason, DateTimeOffset now)
    {
        string[] named = [.. (symbols ?? "").ToUpperInvariant().Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
        if (named.Length == 0 || named.Any(name => InstrumentCatalog.All.All(instrument => instrument.Symbol != name))) return IncidentRefusal.SymbolsInvalid;
        if (from > now || to <= from || to > now || (to ?? now) - from > Longest) return IncidentRefusal.WindowInvalid.With((int)Longest.TotalDays);

        var words = (reason ?? "").Trim();
        return words.Length is < ShortestReason or > LongestReason ? IncidentRefusal.ReasonLength.With(ShortestReason, LongestReason) : (named, words);
    }
}
