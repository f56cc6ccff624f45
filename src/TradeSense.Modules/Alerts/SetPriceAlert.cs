using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Quotes;

namespace TradeSense.Modules.Alerts;

/// <summary>A trader makes a price alert, or changes one that waits. What the price has reached already is refused, so that firing is always a crossing.</summary>
public sealed class SetPriceAlert(TradeSenseDb db, LatestQuotes quotes, AlertOptions options, TimeProvider clock)
{
    public const int LongestNote = 120, MostDays = 90;
    private const decimal LeastPercent = 0.01m, MostPercent = 50m;

    /// <param name="Id">Null for a new one.</param>
    /// <param name="Wanted">As typed: a price, or for <see cref="AlertKind.Change"/> a percent.</param>
    public sealed record Request(Guid UserId, Guid? Id, string? Symbol, AlertKind Kind, string? Wanted, int Days, string? Note, bool ByMail);

    public async Task<Result<Guid>> Run(Request request, CancellationToken ct)
    {
        if (InstrumentCatalog.All.FirstOrDefault(listed => listed.Symbol == request.Symbol) is not { } instrument) return AlertRefusal.UnknownInstrument;
        if (!quotes.TryGet(instrument.Symbol, out var latest)) return AlertRefusal.NoPrice.With(instrument.Symbol);

        var bid = latest.Quote.Bid.Value;
        var wanted = Read(request, instrument, bid);
        if (wanted.IsRefused) return wanted.Refusal;
        if ((request.Note ?? "").Length > LongestNote || (request.Note ?? "").Any(char.IsControl)) return AlertRefusal.InvalidNote.With(LongestNote);
        if (request.Days is < 1 or > MostDays) return AlertRefusal.InvalidExpiry.With(MostDays);

        // Two tabs may ask at once: together they stay within the limit.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"alerts:" + request.UserId}, 0))", ct);
        var now = clock.GetUtcNow();
        var alert = await Find(request, instrument, now, ct);
        if (alert.IsRefused) return alert.Refusal;

        alert.Value.WaitFor(request.Kind, wanted.Value, bid);
        (alert.Value.Symbol, alert.Value.Note, alert.Value.ByMail) = (instrument.Symbol, request.Note?.Trim() ?? "", request.ByMail);
        (alert.Value.ChangedAt, alert.Value.ExpiresAt) = (now, now.AddDays(request.Days));
        await db.SaveChangesAsync(ct);
        return alert.Value.Id;
    }

    private async Task<Result<PriceAlert>> Find(Request request, Instrument instrument, DateTimeOffset now, CancellationToken ct)
    {
        var mine = db.Set<PriceAlert>().Where(alert => alert.UserId == request.UserId && alert.Status == AlertStatus.Waiting);
        if (request.Id is { } id) return await mine.SingleOrDefaultAsync(alert => alert.Id == id, ct) is { } known ? known : AlertRefusal.Unknown;
        if (await mine.CountAsync(alert => alert.ExpiresAt > now, ct) >= options.MostPerTrader) return AlertRefusal.TooMany.With(options.MostPerTrader);

        var made = new PriceAlert { Id = Guid.CreateVersion7(now), UserId = request.UserId, Symbol = instrument.Symbol, CreatedAt = now };
        db.Add(made);
        return made;
    }

    private static Result<decimal> Read(Request request, Instrument instrument, decimal bid)
    {
        if (request.Kind is AlertKind.Change)
            return PlainDecimal.TryParse(request.Wanted?.Trim(), out var percent) && percent is >= LeastPercent and <= MostPercent ? percent : AlertRefusal.InvalidPercent;
        if (!Price.TryParse(request.Wanted?.Trim(), instrument, out var price)) return AlertRefusal.InvalidPrice.With(instrument.Digits);
        if (request.Kind is AlertKind.Above && price.Value <= bid) return AlertRefusal.AlreadyAbove.With(PlainDecimal.Text(bid));
        return request.Kind is AlertKind.Below && price.Value >= bid ? AlertRefusal.AlreadyBelow.With(PlainDecimal.Text(bid)) : price.Value;
    }
}
