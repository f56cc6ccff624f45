namespace TradeSense.Modules.Trading.Quotes.Feeds;

public enum FeedLineState { Connecting, Live, Waiting, Refused }

/// <summary>One connection to a source of quotes, for the health page.</summary>
/// <param name="Since">When it came into this state.</param>
/// <param name="LastHeardAt">The last message of any kind, heartbeats included.</param>
/// <param name="Reconnects">How often it was opened again since the start.</param>
/// <param name="Gaps">Messages the source sent and that never came, as far as its numbers tell.</param>
/// <param name="Malformed">Messages that could not be read.</param>
/// <param name="Skipped">Quotes left out because newer ones were waiting: the reader was slower than the source.</param>
/// <param name="Note">Why the last connection ended.</param>
public sealed record FeedLine(
    string Name, FeedLineState State, DateTimeOffset Since, DateTimeOffset? LastHeardAt, long Reconnects, long Gaps, long Malformed, long Skipped, string? Note);
