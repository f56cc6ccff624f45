using System.Net.Mail;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Content;

/// <summary>A text of the site the firm may word itself.</summary>
public sealed record OwnText(string Key, string Label, string Hint, int MaximumLength, bool IsLong = false);

/// <summary>The firm's own words on its public pages; an empty one brings ours back.</summary>
public sealed class SaveWords(TenantStore store, TenantDirectory directory, CurrentTenant tenant, AuditTrail audit)
{
    private const string SupportEmail = "supportEmail";

    public static IReadOnlyList<OwnText> Texts { get; } =
    [
        new("tagline", "Tagline", "The promise on the home page, in one line.", 120),
        new("intro", "Introduction", "Under the tagline: two or three sentences.", 400, IsLong: true),
        new(SupportEmail, "Support e-mail", "Where traders write to.", 254),
        new("footer", "Footer line", "On every public page.", 200),
        new("legalName", "Legal name", "As it stands in the register.", 120),
        new("legalAddress", "Legal address", "For terms, receipts and contracts.", 300, IsLong: true),
        new("governingLaw", "Governing law", "The law your terms stand under, such as “England and Wales”.", 120),
    ];

    public async Task<Result> Run(IReadOnlyDictionary<string, string> words, CancellationToken ct)
    {
        foreach (var text in Texts)
            if (words.TryGetValue(text.Key, out var value) && Check(text, value.Trim()) is { } refusal) return refusal;

        var now = directory.Find(tenant.Id) ?? tenant.Value;
        var texts = new Dictionary<string, string>(now.Texts);
        foreach (var (key, value) in words.Where(pair => Texts.Any(text => text.Key == pair.Key)))
        {
            if (string.IsNullOrWhiteSpace(value)) texts.Remove(key);
            else texts[key] = value.Trim();
        }

        var saved = await store.Save(now with { Texts = texts }, ct);
        if (saved.IsRefused) return saved;

        await audit.Record("words.saved", $"tenant:{tenant.Id}", new { Changed = Texts.Select(text => text.Key).Where(key => texts.GetValueOrDefault(key) != now.Texts.GetValueOrDefault(key)) }, ct);
        return Result.Ok;
    }

    private static Refusal? Check(OwnText text, string value)
    {
        if (value.Length > text.MaximumLength) return ContentRefusal.TextLong.With(text.MaximumLength) with { Field = $"Words[{text.Key}]" };
        if (value.Any(c => char.IsControl(c) && c is not '\n' and not '\r')) return ContentRefusal.TextUnclean with { Field = $"Words[{text.Key}]" };

        return text.Key is SupportEmail && value.Length > 0 && (!MailAddress.TryCreate(value, out var address) || address.Address != value)
            ? ContentRefusal.EmailInvalid with { Field = $"Words[{text.Key}]" }
            : null;
    }
}

public static class ContentRefusal
{
    public static Refusal TextLong { get; } = new("content.text_long");
    public static Refusal TextUnclean { get; } = new("content.text_unclean");
    public static Refusal EmailInvalid { get; } = new("content.email_invalid");
}
