using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Terminal;

/// <summary>A trader keeps something in the terminal; the same name again replaces it. Preferences only, so the audit trail does not hear of it.</summary>
public sealed class SaveTerminalItem(TradeSenseDb db, TimeProvider clock)
{
    /// <summary>A year of drawings in one symbol is a few kilobytes.</summary>
    public const int MostBytes = 64 * 1024;
    public const int MostOfAKind = 60;
    private const int LongestName = 60, Deepest = 16;

    public sealed record Request(Guid UserId, string Kind, string Name, string Body);

    public async Task<Result> Run(Request request, CancellationToken ct)
    {
        if (KindOf(request.Kind) is not { } kind) return TerminalRefusal.UnknownKind;
        if (request.Name.Length is 0 or > LongestName || request.Name.Any(char.IsControl)) return TerminalRefusal.InvalidName.With(LongestName);
        if (Encoding.UTF8.GetByteCount(request.Body) > MostBytes) return TerminalRefusal.TooLarge.With(MostBytes / 1024);
        if (!IsObject(request.Body)) return TerminalRefusal.InvalidBody;

        // Two tabs may save at once: the second waits for the first and replaces it.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"terminal:" + request.UserId}, 0))", ct);
        var items = await db.Set<TerminalItem>().Where(item => item.UserId == request.UserId && item.Kind == kind).ToListAsync(ct);
        if (items.Find(item => item.Name == request.Name) is { } known)
        {
            (known.Body, known.ChangedAt) = (request.Body, clock.GetUtcNow());
            return Result.Ok;
        }

        if (items.Count >= MostOfAKind) return TerminalRefusal.TooMany.With(MostOfAKind);
        var now = clock.GetUtcNow();
        db.Add(new TerminalItem { Id = Guid.CreateVersion7(now), UserId = request.UserId, Kind = kind, Name = request.Name, Body = request.Body, ChangedAt = now });
        return Result.Ok;
    }

    /// <summary>By name only: a number would parse too.</summary>
    internal static TerminalItemKind? KindOf(string text) =>
        Enum.TryParse<TerminalItemKind>(text, out var kind) && Enum.GetName(kind) == text ? kind : null;

    private static bool IsObject(string body)
    {
        // The database's JSON holds no null character, which is valid JSON text.
        if (body.Contains("\\u0000", StringComparison.Ordinal)) return false;
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = Deepest });
            return json.RootElement.ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
