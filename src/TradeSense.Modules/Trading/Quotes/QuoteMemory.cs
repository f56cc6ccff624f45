using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;

namespace TradeSense.Modules.Trading.Quotes;

/// <summary>What the pipeline keeps in memory for everybody to read, and the market that made-up history comes from.</summary>
internal sealed record QuoteMemory(LatestQuotes Latest, LiveBars Bars, SimulatedMarket Market);
