using System.Text.Json;
using TradeSense.Engine;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Risk;

namespace TradeSense.Web.Commands;

/// <summary>How the replayed account trades: a group file's <c>trading</c> as in a challenge model, and which of the live desk's guards hold.</summary>
internal sealed record ReplayGroup(TradingTerms Trading, TimeSpan? Staleness, bool HasSessions, IReadOnlyList<NewsEvent> News)
{
    /// <summary>Without a file: no staleness limit, no sessions, no commission, no swap.</summary>
    public static ReplayGroup Plain(int leverage) => new(new TradingTerms(leverage, new Percent(50), 0, 0m, SwapFree: true, WeekendHolding: true, 30), null, false, []);

    public static ReplayGroup? Read(string file, int leverage, List<string> problems)
    {
        if (!File.Exists(file))
        {
            problems.Add($"{file}: there is no such file");
            return null;
        }

        List<string> found = [];
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            var fields = new JsonFields(document.RootElement.Clone(), "", found);
            fields.Only([.. TradingJson.Fields, "staleness", "sessions", "newsEvents"]);
            var trading = TradingJson.Read(fields, Plain(leverage).Trading);
            var hasSessions = fields.Has("sessions") && document.RootElement.GetProperty("sessions").ValueKind == JsonValueKind.True;
            var staleness = fields.Has("staleness") ? TimeSpan.FromSeconds(fields.Count("staleness")) : (TimeSpan?)null;
            IReadOnlyList<NewsEvent> news = fields.Has("newsEvents") ? [.. fields.Objects("newsEvents").Select(Event).OfType<NewsEvent>()] : [];
            return new ReplayGroup(trading, staleness, hasSessions, news);
        }
        catch (JsonException bad)
        {
            found.Add($"line {bad.LineNumber + 1}: not JSON");
            return null;
        }
        finally
        {
            problems.AddRange(found.Select(p => $"{file}: {p}"));
        }
    }

    private static NewsEvent? Event(JsonFields listed)
    {
        listed.Only("at", "currency", "title");
        return listed.Instant("at") is { } at && listed.Text("currency") is { } currency ? new NewsEvent(at, currency, listed.Has("title") ? listed.Text("title") ?? "" : "") : null;
    }
}
