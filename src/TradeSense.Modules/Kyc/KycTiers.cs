namespace TradeSense.Modules.Kyc;

/// <summary>How far a person's identity is known, and what may be paid out to them in a calendar month, in the firm's currency.</summary>
/// <param name="MonthlyPayouts">Null: without limit.</param>
public sealed record KycTier(int Number, string Shows, decimal? MonthlyPayouts);

public static class KycTiers
{
    public static IReadOnlyList<KycTier> All { get; } =
    [
        new(0, "E-mail, name and country", 0m),
        new(1, "Phone number", 500m),
        new(2, "Identity document", 5_000m),
        new(3, "Identity document and face", 50_000m),
        new(4, "Identity document, face, address and source of funds", null),
    ];

    /// <summary>What a reviewer may grant on a document.</summary>
    public static IReadOnlyList<int> Approvable { get; } = [2, 3, 4];

    public static KycTier Of(int number) => All[number];
}
