using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Payments.Gateways;

/// <summary>The <c>gateways</c> of a tenant file, in the order they are preferred. Their signing secrets are made here and never stand in the file.</summary>
internal sealed class GatewaysSection(TradeSenseDb db, ChangeGateway change, IEnumerable<IPaymentGateway> gateways) : ITenantSection
{
    private static readonly string[] Fields = ["name", "enabled", "feePercent", "feeFixed"];

    /// <summary>Amounts are decimal texts, as everywhere in the file.</summary>
    private sealed record Entry(string Name, bool Enabled, string FeePercent = "0", string FeeFixed = "0");

    public string Name => "gateways";

    public IEnumerable<(string Path, string Message)> Check(JsonElement section)
    {
        if (section.ValueKind is not JsonValueKind.Array) return [("", "A list of payment gateways.")];

        return section.EnumerateArray().SelectMany((element, i) => CheckOne(element).Select(problem => ($"[{i}]{problem.Path}", problem.Message)));
    }

    private IEnumerable<(string Path, string Message)> CheckOne(JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            yield return ("", "An object with name, enabled, feePercent and feeFixed.");
            yield break;
        }

        foreach (var field in element.EnumerateObject().Where(field => !Fields.Contains(field.Name))) yield return ("." + field.Name, "There is no such field.");
        if (!element.TryGetProperty("name", out var name) || name.ValueKind is not JsonValueKind.String || gateways.All(gateway => gateway.Name != name.GetString()))
            yield return (".name", $"One of {string.Join(", ", gateways.Select(gateway => gateway.Name))}.");
        if (!element.TryGetProperty("enabled", out var enabled) || enabled.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) yield return (".enabled", "true or false.");
        if (!IsAmount(element, "feePercent", 100m)) yield return (".feePercent", "A percentage from \"0\" to below \"100\", as text.");
        if (!IsAmount(element, "feeFixed", 1_000_000m)) yield return (".feeFixed", "An amount such as \"0.30\", as text.");
    }

    private static bool IsAmount(JsonElement element, string field, decimal below) =>
        !element.TryGetProperty(field, out var value) || (value.ValueKind is JsonValueKind.String && TryRead(value.GetString(), out var number) && number < below);

    private static bool TryRead(string? text, out decimal number) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    public async Task Apply(JsonElement section, CancellationToken ct)
    {
        var entries = section.Deserialize<Entry[]>(Json.Options)!;
        for (var rank = 0; rank < entries.Length; rank++)
        {
            var entry = entries[rank];
            var row = await db.Set<PaymentGateway>().SingleOrDefaultAsync(row => row.Name == entry.Name, ct) ?? await change.Add(entry.Name, ct);
            (row.IsEnabled, row.Rank, row.FeePercent, row.FeeFixed) = (entry.Enabled, rank, new Percent(Read(entry.FeePercent)), Read(entry.FeeFixed));
        }

        await db.SaveChangesAsync(ct);
    }

    public async Task<JsonNode?> Export(CancellationToken ct)
    {
        var rows = await db.Set<PaymentGateway>().AsNoTracking().OrderBy(row => row.Rank).ToListAsync(ct);
        return rows.Count == 0 ? null : JsonSerializer.SerializeToNode(rows.Select(row => new Entry(row.Name, row.IsEnabled, Text(row.FeePercent.Value), Text(row.FeeFixed))), Json.Options);
    }

    private static decimal Read(string text) => decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
