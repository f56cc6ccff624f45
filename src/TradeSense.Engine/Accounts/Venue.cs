using TradeSense.Engine.Book;
using TradeSense.Engine.Events;
using TradeSense.Engine.Orders;

namespace TradeSense.Engine.Accounts;

/// <summary>What every account of an engine trades in: prices, the checks before a fill, the clock's list of what expires, and where facts are told.</summary>
internal sealed record Venue(Market Market, Journal Journal, OrderChecks Checks, TimeWatch Expiries);
