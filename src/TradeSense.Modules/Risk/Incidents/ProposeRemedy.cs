using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>One person proposes what is done for an account under review: the balance it goes on with, or a credit.</summary>
public sealed class ProposeRemedy(TradeSenseDb db, AuditTrail audit, TimeProvider clock)
{
    public sealed record Request(Guid TouchId, decimal? Amount, string? Words, Guid By);

    public async Task<Result> Run(Request request, CancellationToken ct)
    {
        if (await db.LockedTouch(request.TouchId, ct) is not { } touched) return IncidentRefusal.Unknown;

        var words = DecisionWords.Of(request.Words);
        if (words.IsRefused) return words.Refusal;

        var currency = await db.Set<TradingAccount>().AsNoTracking().Where(row => row.Id == touched.AccountId).Select(row => row.Currency).SingleAsync(ct);
        if ((request.Amount ?? touched.Amount) is not ({ } amount and > 0 and < 1e15m) || Money.Rounded(amount, currency, MidpointRounding.AwayFromZero).Amount != amount) return IncidentRefusal.AmountInvalid;

        var proposed = touched.Propose(request.By, amount, words.Value, clock.GetUtcNow());
        if (proposed.IsRefused) return proposed;

        await db.SaveChangesAsync(ct);
        await audit.Record("incident.remedy_proposed", touched.Subject, new { touched.Remedy, touched.Amount, Words = words.Value }, ct);
        return Result.Ok;
    }
}

internal static class DecisionWords
{
    private const int Shortest = 20, Longest = 1000;

    public static Result<string> Of(string? text)
    {
        var words = (text ?? "").Trim();
        return words.Length is < Shortest or > Longest ? IncidentRefusal.WordsLength.With(Shortest, Longest) : words;
    }
}
