namespace TradeSense.Engine.Values;

/// <summary>What one unit of a currency is worth in another, at the mids of the pairs between them.</summary>
/// <param name="Value">Unrounded: 1 JPY in USD at USDJPY 150.00 is 1 ÷ 150.</param>
/// <param name="Quotes">Of the pairs used, in their order; none when both currencies are the same.</param>
public sealed record ConversionRate(decimal Value, IReadOnlyList<Quote> Quotes);
